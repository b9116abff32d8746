"""Page 1 in few lines: its box, its options, and what changes the verdict."""
