"""Slides and documents of papers and packs: what they say, and their downloads."""
