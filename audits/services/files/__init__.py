"""Compares stored files with their SHA-256, and removes those without a row."""
