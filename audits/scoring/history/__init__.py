"""What verdicts were, and how long they will hold: one market day after another."""
