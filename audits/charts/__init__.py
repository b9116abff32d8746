"""Numbers to drawings: one definition for the page and the paper."""
