"""What happened with a use case."""
