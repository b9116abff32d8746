"""Checks that this process is alive, and that the site can work."""
