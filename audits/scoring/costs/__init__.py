"""What each technique costs: prices, formulas, ranges and what moves them."""
