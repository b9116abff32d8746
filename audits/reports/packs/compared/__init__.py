"""What a pack says beside an earlier one: verdicts counted, and what changed."""
