"""Answers under a framework: which questions apply, what counts, what is left."""
