"""The filters of the portfolio as pages show and keep them."""
