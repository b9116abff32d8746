"""What is kept beside the record: lines that wait for it, and its checks."""
