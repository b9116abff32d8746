"""Dates as pages and papers write them: 9 December 2026."""

DATE_FORMAT = "j F Y"
