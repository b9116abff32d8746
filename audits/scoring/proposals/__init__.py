"""An offer that was received, beside what is priced."""
