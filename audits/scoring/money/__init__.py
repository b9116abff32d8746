"""The money behind a verdict: its rows, and what is said of them."""
