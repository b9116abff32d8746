"""Audits after the last answer: submitted, reviewed, watched, and begun again."""
