"""Drafts: copied, made from a scenario, or discarded, and what each is a copy of."""
