"""People: their sign-ins, limits, rights and emails."""
