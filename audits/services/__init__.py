"""Every write: atomic, keyword-only, and each leaves an Event."""
