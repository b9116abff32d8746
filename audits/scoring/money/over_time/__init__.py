"""What changes within the 12 months."""
