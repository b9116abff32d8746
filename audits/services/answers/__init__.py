"""The answers of an audit, and their evidence."""
