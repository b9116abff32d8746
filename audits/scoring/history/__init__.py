"""Past verdicts, and how long current ones will hold."""
