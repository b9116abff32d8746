"""The market facts that are in force."""
