"""The cost of each technique: prices, formulas, ranges and sensitivity."""
