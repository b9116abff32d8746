"""People: how they sign in, what slows them down, and what they are told by mail."""
