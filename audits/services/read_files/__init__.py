"""What files of tools tell: results and usage, and what happened after a sign-off."""
