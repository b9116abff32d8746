"""The only place that turns (member, id) into an object; a module for each noun.

Queries run inside the member's organization, so another organization's id is as
unknown as one that never was: 404 for both. 403 is for a role that is too small,
inside one's own organization only.
"""
