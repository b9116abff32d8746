"""Uploaded files: receives them and reads them."""
