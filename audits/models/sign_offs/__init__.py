"""What becomes of a sign-off."""
