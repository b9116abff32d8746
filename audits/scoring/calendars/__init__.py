"""What a technique costs in 12 months, by their days."""
