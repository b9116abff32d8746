"""Use cases: registered one by one, or a whole inventory at once."""
