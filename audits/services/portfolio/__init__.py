"""The portfolio: its rows, which of them pass a filter, and its past."""
