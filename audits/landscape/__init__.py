"""The market as dated facts: what existed on a day, and at what price."""
