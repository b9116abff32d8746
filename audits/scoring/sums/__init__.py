"""What several decisions do to money, and what that costs from a later day."""
