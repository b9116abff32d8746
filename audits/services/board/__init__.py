"""What a board decided of signed verdicts, and what is done about it."""
