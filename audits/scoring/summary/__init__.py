"""What a reader is told first: why, what to do, how sure, what would change it."""
