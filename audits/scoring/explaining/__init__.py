"""What is said about a decision: the Assessment and its parts."""
