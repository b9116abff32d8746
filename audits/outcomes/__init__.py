"""What happened after a paper was signed: its page, and how often ranges held."""
