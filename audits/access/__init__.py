"""The only place that turns (member, id) into an object; a module for each noun.

Queries run inside the member's organization, so another organization's id is as unknown
as one that never existed: 404 for both. 403 is only for a role with too few rights in
the member's own organization.
"""
