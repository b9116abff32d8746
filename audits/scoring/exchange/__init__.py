"""Assessments as files and lines: written, read from strangers, and compared."""
