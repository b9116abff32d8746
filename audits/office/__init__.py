"""Slides and documents of what papers and pictures say.

Nothing is worded or computed here: words come from the text that a PDF is set from, and
numbers from the caller of a chart.
"""
