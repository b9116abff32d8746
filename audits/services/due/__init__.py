"""What became of a sign-off: what contradicts it, and what its export says."""
