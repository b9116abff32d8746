"""A use case with some of its inputs changed, compared with what it is."""
