"""The ways that a test has to run: untested ones, and those that are only claimed."""
