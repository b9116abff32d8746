"""Changing many use cases at once: what is planned, written and undone."""
