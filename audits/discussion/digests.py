"""The digest of an inbox as an email: what is new and unread, by use case."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import unescape
from itertools import islice

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.dateformat import format as in_words
from django.utils.html import strip_tags

from audits.access.inbox import notices_of
from audits.discussion.inbox import Row, rows_of
from audits.models import Membership, UseCase
from audits.models.inbox.columns import Notice
from audits.services.people.times_of_day import as_shown, shown_in

MOST = 50


def digest_of(
    member: Membership, since: datetime | None, until: datetime
) -> EmailMessage | None:
    """Return what happened since a moment and until another; None if nothing did.

    Only what the member may see now is in it, and has not read.
    """
    found = list(islice(_new(member, since, until), MOST + 1))
    if not found:
        return None
    with shown_in(member.time_zone):
        return _mail(member, found)


def _mail(member: Membership, found: list[Notice]) -> EmailMessage:
    rows, is_all = rows_of(found[:MOST]), len(found) <= MOST
    number = f"{len(rows)}" if is_all else f"More than {MOST}"
    subject = f"{number} things are new in Attune"
    if len(found) == 1:
        subject = "1 thing is new in Attune"
    lines = [f"{subject}. Unread in your inbox, the latest first:", ""]
    for case in _by_use_case(rows):
        about = case[0].notice
        reference = UseCase.reference_of(about.number)
        lines += [f"{_one_line(about.name)} ({reference})", ""]
        for row in case:
            lines += [*_said(row), ""]
    if not is_all:
        lines += [f"These are the {MOST} latest. Your inbox has all others.", ""]
    lines += [f"Your whole inbox: {settings.SITE_URL}{reverse('inbox')}", ""]
    return EmailMessage(subject=subject, body="\n".join(lines), to=[member.user.email])


def _new(
    member: Membership, since: datetime | None, until: datetime
) -> Iterator[Notice]:
    """Yield what happened since a moment, the latest first."""
    for columns in notices_of(member, unread=True)[: 10 * MOST]:
        notice = Notice.of(columns)
        if since is not None and notice.at <= since:
            return
        if notice.at <= until:
            yield notice


def _by_use_case(rows: Iterable[Row]) -> Iterable[list[Row]]:
    """Return rows by use case, in their order."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.notice.number, []).append(row)
    return found.values()


def _said(row: Row) -> list[str]:
    """Return what the inbox says of a row, as lines of plain text."""
    notice = row.notice
    when = in_words(as_shown(notice.at), "j F Y, H:i T")
    context = {"row": row, "notice": notice, "when": f"on {when}"}
    said = render_to_string("discussion/notice_said.html", context)
    told = _one_line(unescape(strip_tags(said)))
    return [
        f"- {row.label or notice.kind.label}: {told}",
        *(f"  > {line}" for line in notice.text.splitlines()),
        f"  {settings.SITE_URL}{row.path}",
    ]


def _one_line(text: str) -> str:
    return " ".join(text.split())
