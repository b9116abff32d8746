"""What colleagues answered differently, and what they gave for earlier answers."""
