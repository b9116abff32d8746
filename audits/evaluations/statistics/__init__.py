"""Intervals, paired comparisons and how many cases they need."""
