"""What one technique costs: inputs, formulas, months and machines."""
