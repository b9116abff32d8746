"""Reads each uploaded file in a separate process, within limits."""
