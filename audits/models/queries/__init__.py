"""How queries are written, asked and read."""
