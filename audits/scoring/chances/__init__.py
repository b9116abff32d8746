"""Shares of cases, and how far chance may move them."""
