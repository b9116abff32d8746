"""What months keep of each use case."""
