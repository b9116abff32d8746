"""The ladder of remedies, the cheapest first."""
