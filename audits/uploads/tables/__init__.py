"""Reads tables from people's files, or gives a reason why not."""
