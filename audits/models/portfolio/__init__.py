"""What the portfolio reads."""
