"""The answers of an audit, requests for them, and their evidence."""
