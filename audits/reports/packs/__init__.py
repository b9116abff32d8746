"""Board packs: what several use cases come to, on paper."""
