"""What every reader is told about the results behind an assessment, in sentences."""
