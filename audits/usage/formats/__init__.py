"""A module for each format of usage files; `recognised.py` finds which it is."""
