"""The sums of the portfolio: what they are of, how they are made, and what is said."""
