"""The words for how sure a verdict and its reasons are."""
