"""What was changed, replaced, left out or counted twice among results."""
