"""Keeps what an organization's logo was when it was set."""

from audits.checked_files import digest_of
from audits.models import Organization


def keep_digest(organization: Organization) -> None:
    """Put down the SHA-256 of a logo that was just chosen, before it is stored."""
    logo = organization.logo
    organization.logo_digest = digest_of(logo) if logo else ""
    organization.logo_checked_at = None
