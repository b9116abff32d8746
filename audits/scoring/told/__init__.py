"""What readers are told below a headline and of the results behind it, in sentences."""
