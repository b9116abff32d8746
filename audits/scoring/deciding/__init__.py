"""The decision: answers to a verdict, and what is still possible."""
