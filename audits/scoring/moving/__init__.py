"""Whether today’s calls are to move to another model, and what that takes and saves."""
