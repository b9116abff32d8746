"""What tokens cost, and the causes of a difference between two months."""
