"""HTML to papers as PDF, in a process of its own; it knows no use case."""
