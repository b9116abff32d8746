"""Lines of facts: use cases in a text file, and the answer to each."""
