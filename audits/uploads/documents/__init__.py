"""Documents to their text, and to how many tokens that is."""
