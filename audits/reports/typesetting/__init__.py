"""Turns HTML into PDF papers, in a separate process; it knows no use case."""
