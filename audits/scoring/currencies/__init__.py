"""What is said of sums in another currency than US dollars."""
