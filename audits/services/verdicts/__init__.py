"""Computes verdicts of entries: today, and with a framework not yet in force."""
