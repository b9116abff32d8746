"""Undoing what was just saved."""
