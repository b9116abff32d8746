"""The look of an organization’s papers: its logo, or a notice that it is lost."""

from contextlib import suppress

from audits.checked_files import StorageSilent
from audits.models import Organization
from audits.reports.typesetting.branding import NOTHING_CUT, WITHOUT_LOGO, Branding
from audits.services.files.file_checks import FileLost, open_checked


def branding_of(organization: Organization) -> Branding:
    """Return the look of an organization's papers."""
    logo = b""
    # A lost logo does not stop the paper; its notice says so.
    with suppress(FileLost, StorageSilent):
        logo = logo_of(organization)
    return Branding(
        is_letter=organization.paper_size == Organization.PaperSize.LETTER,
        accent=organization.accent,
        is_for_archive=organization.archives_papers,
        logo=logo,
    )


def notice_of(organization: Organization, branding: Branding, too_long: str) -> str:
    """Return the notice for a finished file: a lost logo, a page that is too long."""
    said = [WITHOUT_LOGO] if organization.logo and not branding.logo else []
    if too_long:
        said += [too_long, NOTHING_CUT]
    return " ".join(said)


def logo_of(organization: Organization) -> bytes:
    """Return the logo of an organization as it was set; empty if it has none.

    Raises:
        FileLost: It is missing or altered; that is recorded.
        StorageSilent: The storage does not answer.
    """
    if not organization.logo:
        return b""
    with open_checked(organization) as logo:
        return logo.read()
