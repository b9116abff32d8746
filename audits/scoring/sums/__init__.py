"""What several decisions do to money, and what is left of it on a day."""
