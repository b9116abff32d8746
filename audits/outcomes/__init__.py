"""What happened after a paper was signed."""
