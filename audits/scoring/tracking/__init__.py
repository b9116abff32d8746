"""After the decision: months of usage beside what the paper said, cause by cause."""
