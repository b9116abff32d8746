"""What the overview of a pack says, in sentences."""
