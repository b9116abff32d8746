"""Results of older tests beside newer ones."""
