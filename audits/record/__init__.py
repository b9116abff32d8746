"""Checks the record of who did what, which is a chain of digests."""
