"""What is said of amounts, and which of them count from the day of a decision."""
