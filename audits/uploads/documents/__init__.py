"""Reads the text of documents, and counts its tokens."""
