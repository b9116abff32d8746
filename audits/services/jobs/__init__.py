"""The work of workers: queued in a fair order, leased, and removed once done."""
