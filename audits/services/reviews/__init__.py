"""Audits after the last answer: submission, review, drift and renewal."""
