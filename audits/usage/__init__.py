"""What was used of models: files of tools and providers, and what they add up to."""
