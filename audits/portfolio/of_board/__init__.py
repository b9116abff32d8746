"""What the portfolio says of the board: cells, what waits for it, what is not done."""
