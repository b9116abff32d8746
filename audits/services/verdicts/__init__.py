"""What entries amount to: their verdict today, and under a coming framework."""
