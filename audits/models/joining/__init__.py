"""How people become members."""
