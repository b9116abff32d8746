"""Lines that charts draw, and what is said of them in words."""
