"""The stored candidates of a use case, the answers that they give, and their words."""
