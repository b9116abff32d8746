"""The conditions of sign-offs."""
