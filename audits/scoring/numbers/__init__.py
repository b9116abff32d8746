"""Numbers as people enter them: read, checked and compared with answers."""
