"""What more cases, or a run of those that are open, would show, in counts."""
