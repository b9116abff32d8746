"""Evidence: links and files behind the answer to a question."""
