"""What a result does to the marks that it is compared with: the target, the limit."""
