"""Files that people bring, each read by a process of its own, within limits."""
