"""The parts of a paper behind its page 1, as rows."""
