"""What is said of money, in sentences."""
