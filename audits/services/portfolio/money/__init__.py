"""The money of the rows of a portfolio."""
