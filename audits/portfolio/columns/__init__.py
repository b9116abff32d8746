"""The columns of the portfolio."""
