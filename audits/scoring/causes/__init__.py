"""What tokens cost, and by which causes two months differ."""
