"""What every reader is told of the results behind an assessment, in sentences."""
