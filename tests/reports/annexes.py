"""Submitted audits with more in them, and what their annexes say."""

import pytest

from audits.models import Audit
from audits.reports.annex import build_annex
from audits.reports.pdf_client import manuscript_of_annex
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent, Stored
from audits.services.discussion.comments import add_comment
from audits.services.reviews.audits import reopen_audit, submit_audit
from tests.casting import Cast
from tests.reports.papers import words_of_parts


def say(cast: Cast, audit: Audit, **values: object) -> Audit:
    """Save entries, each named by its kind and item, over what is there now."""
    audit = fresh_audit(audit)
    sent = {}
    for key, value in values.items():
        kind, item = key.split("__")
        seen = Stored.of(audit.entries(kind).get(item)).version
        sent[kind, item] = Sent(value=value, seen=seen)
    by = cast.ours.contributor
    return save_entries(audit=audit, by=by, sent=sent, sender=Sender()).audit


def comment(cast: Cast, audit: Audit, text: str, question: str = "goal") -> None:
    add_comment(audit=audit, by=cast.ours.contributor, question=question, text=text)


@pytest.fixture
def opened(cast: Cast) -> Audit:
    """Take our submitted audit back, to write more into it."""
    return reopen_audit(audit=cast.ours.submitted, by=cast.ours.contributor)


def submitted(cast: Cast, audit: Audit) -> Audit:
    submit_audit(audit=fresh_audit(audit), by=cast.ours.contributor)
    found: Audit = Audit.objects.get(pk=audit.pk)
    return found


def said_of(audit: Audit) -> str:
    return " ".join(words_of_parts(manuscript_of_annex(build_annex(audit))))
