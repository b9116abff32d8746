"""What was found of each condition that decided, in words and in scores."""
