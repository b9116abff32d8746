"""Sharing papers and packs with board readers, and by links that end."""
