"""What a board decided of a verdict, and whether that was carried out."""
