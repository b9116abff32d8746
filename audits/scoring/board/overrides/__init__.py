"""What the paper of an override shows in place of what is computed."""
