"""The record of who did what, as a chain: what fits in it and what does not."""
