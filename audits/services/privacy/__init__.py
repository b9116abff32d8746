"""What is kept of people and organizations: exports, erasure and retention."""
