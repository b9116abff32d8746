"""Submissions, and what becomes of a sign-off."""
