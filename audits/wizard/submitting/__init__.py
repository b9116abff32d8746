"""Checking an audit, submitting it and taking it back."""
