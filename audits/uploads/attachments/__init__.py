"""What people bring from outside: files told by their bytes, names and links."""
