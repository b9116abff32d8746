"""Names of rows, and what an amount is for, as people read them."""
