"""Finds use cases, teams, questions and technical words."""
