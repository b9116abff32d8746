"""What identity providers say of people: asked for, checked, and in one shape."""
