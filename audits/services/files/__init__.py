"""Stored files: compared with their SHA-256, and removed when nothing names them."""
