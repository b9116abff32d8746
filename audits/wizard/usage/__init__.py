"""The pages of usage files."""
