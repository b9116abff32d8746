"""Assessments as files and lines: writes them, reads untrusted ones, compares them."""
