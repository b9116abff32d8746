"""Stores the SHA-256 of an organization's logo when it is set."""

from audits.checked_files import digest_of
from audits.models import Organization


def keep_digest(organization: Organization) -> None:
    """Set the SHA-256 of a newly chosen logo, before it is stored."""
    logo = organization.logo
    organization.logo_digest = digest_of(logo) if logo else ""
    organization.logo_checked_at = None
