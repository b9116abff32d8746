"""Board papers and packs: what is asked for, and what they are made of."""
