"""Files that people bring: how they come in, and what is read from them."""
