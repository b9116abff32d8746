"""What limits a decision: days, and what a permission or a training is worth."""
