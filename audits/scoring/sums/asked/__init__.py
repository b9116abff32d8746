"""What is asked for at once, and how much of it is for the test that comes first."""
