"""Changing many use cases of the portfolio at once."""
