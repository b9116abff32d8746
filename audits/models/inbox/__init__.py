"""What an inbox has, and what of it was read."""
