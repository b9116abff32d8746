"""Until when what goes on lasts, and what follows it."""
