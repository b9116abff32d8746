"""What a paper says of who signed it."""
