"""Newer results of the candidates of a signed verdict: what still holds."""
