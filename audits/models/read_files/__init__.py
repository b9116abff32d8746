"""What was read of files that measure: the files themselves are not stored."""
