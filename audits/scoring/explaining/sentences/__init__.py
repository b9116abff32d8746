"""What is said of money."""
