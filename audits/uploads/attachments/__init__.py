"""Recognizes files by their bytes, and checks names and links."""
