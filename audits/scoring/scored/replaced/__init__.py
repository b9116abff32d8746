"""What a candidate and a target keep of what they were before each change."""
