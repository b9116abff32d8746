"""A link opens a paper for who knows its passphrase, until it ends."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.signing import TimestampSigner, b62_encode
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Event, Report, Role, Session, Share
from audits.reports.sharing.shared import _TICKETS
from audits.services.papers import reports
from tests.board.boards import sign
from tests.casting import Cast
from tests.pages import html_of
from tests.people.attempts import let_time_pass
from tests.signed_in import let_prove, sign_in

PASSPHRASE = "three quiet otters"  # noqa: S105 - of a test
WRONG = "This passphrase is wrong."


@pytest.fixture
def reviewer(cast: Cast) -> Client:
    client, person = Client(), cast.ours.people[Role.REVIEWER]
    sign_in(client, person)
    let_prove(client, person)
    return client


@pytest.fixture
def page(cast: Cast) -> str:
    return reverse("share_paper", args=[cast.ours.report.pk])


@pytest.fixture
def link(reviewer: Client, page: str) -> str:
    """The path of a new link, as the page shows it once."""
    form = {"do": "link", "words": "The chair", "days": 7, "passphrase": PASSPHRASE}
    told = html_of(reviewer.post(page, form, follow=True))
    [found] = re.findall(r"https?://[^/]+(/shared/by-link/[\w-]+/)", told)
    assert found not in html_of(reviewer.get(page))
    return str(found)


def test_passphrase_of_few_characters_makes_no_link(
    reviewer: Client, page: str
) -> None:
    form = {"do": "link", "words": "The chair", "days": 7, "passphrase": "aaaabbbbcccc"}

    told = html_of(reviewer.post(page, form, follow=True))

    assert "Use 5 different characters or more" in told
    assert "/shared/by-link/" not in told


class Late(TimestampSigner):
    """Signs as it did six minutes ago."""

    def timestamp(self) -> str:
        return b62_encode(int(time.time()) - 360)


def stored(cast: Cast) -> Share:
    with scope(organization=cast.ours.organization):
        return Share.objects.exclude(digest="").get()


def enter(link: str, typed: str, **more: Any) -> str:
    answer = Client().post(link, {"passphrase": typed}, **more)
    return html_of(answer)


@pytest.mark.on_both
def test_link_opens_the_paper_with_its_passphrase_and_the_sharer_is_told(
    cast: Cast, reviewer: Client, page: str, link: str
) -> None:
    visitor, share = Client(), stored(cast)

    asked = visitor.get(link)
    refused = visitor.post(link, {"passphrase": "three quiet cats"})
    got = visitor.post(link, {"passphrase": PASSPHRASE})

    assert "Northgate triage" not in html_of(asked)
    assert "Northgate handbook" not in html_of(asked)
    assert cast.ours.organization.name not in html_of(asked)
    assert "This page does not say who shared it" in html_of(asked)
    assert ">Open</button>" in html_of(asked)
    assert (refused.status_code, WRONG in html_of(refused)) == (422, True)
    assert b"".join(got.streaming_content) == b"%PDF Northgate"  # type: ignore[attr-defined]
    for answer in (asked, refused, got):
        assert answer["Cache-Control"] == "no-store"
        assert "noindex" in answer["X-Robots-Tag"]
        # No other site learns the address; without any, a browser sends no origin, and
        # the form would be refused.
        assert answer["Referrer-Policy"] == "same-origin"
    assert "<bdi>The chair</bdi>" in html_of(reviewer.get(page))
    assert "Opened 1 time" in html_of(reviewer.get(page))
    with scope(organization=cast.ours.organization):
        [line] = Event.objects.filter(verb="share.opened")
        made = Event.objects.get(verb="share.link_made")
    assert (line.actor, line.subject) == (None, str(share.public_id))
    # Neither secret is anywhere; nothing is kept for the visitor.
    secret = link.rstrip("/").rpartition("/")[2]
    for kept in (share.digest, share.passphrase, str(made.details), str(line.details)):
        assert secret not in kept
        assert PASSPHRASE not in kept
    assert not Session.objects.filter(person=None).exists()


@pytest.mark.on_both
def test_link_opens_nothing_once_it_ended_or_expired(
    cast: Cast, reviewer: Client, link: str
) -> None:
    share = stored(cast)
    with scope(organization=cast.ours.organization):
        rows = Share.objects.filter(pk=share.pk)
        past = timezone.now() - timedelta(seconds=1)
        rows.update(expires_at=past)
        expired = Client().post(link, {"passphrase": PASSPHRASE})
        rows.update(expires_at=past + timedelta(days=1))
        reviewer.post(reverse("end_share", args=[share.public_id]))
        ended = Client().post(link, {"passphrase": PASSPHRASE})
        opened = Event.objects.filter(verb="share.opened").count()

    assert (expired.status_code, ended.status_code) == (410, 410)
    assert "This link has expired" in html_of(expired)
    assert "This link was ended" in html_of(ended)
    assert opened == 0
    unknown = link.replace(link[-4:-1], "zzz")
    assert Client().get(unknown).status_code == 404


@pytest.mark.on_both
def test_guesses_of_a_passphrase_wait(cast: Cast, link: str) -> None:
    here: dict[str, Any] = {"REMOTE_ADDR": "203.0.113.9"}
    guesses = [enter(link, f"guess number {n}", **here) for n in range(6)]
    right = enter(link, PASSPHRASE, **here)
    elsewhere = Client().post(link, {"passphrase": PASSPHRASE})

    assert [WRONG in page for page in guesses] == [True] * 5 + [False]
    assert "Too many attempts. Try again in" in right
    assert elsewhere.status_code == 200
    let_time_pass(31)
    assert Client().post(link, {"passphrase": PASSPHRASE}, **here).status_code == 200


def test_short_passphrase_or_no_word_for_whom_makes_no_link(
    cast: Cast, reviewer: Client, page: str
) -> None:
    form = {"do": "link", "words": "", "days": 8, "passphrase": "short"}

    refused = html_of(reviewer.post(page, form))

    for said in ("Enter for whom the link is", "Use 10 characters or more"):
        assert said in refused
    with scope(organization=cast.ours.organization):
        assert not Share.objects.exclude(digest="").exists()


def test_right_passphrase_after_a_wrong_one_leaves_no_error_and_both_are_listed(
    cast: Cast, reviewer: Client, page: str, link: str
) -> None:
    visitor = Client()
    refused = html_of(visitor.post(link, {"passphrase": "three quiet cats"}))
    again = {"passphrase": PASSPHRASE, "again": "1"}
    assert 'name="again" value="1"' in refused

    right = html_of(visitor.post(link, again))

    assert WRONG not in right
    assert "The passphrase is right: download it within five minutes." in right
    assert ">Download</button>" in right
    [ticket] = re.findall(r'name="ticket" value="([^"]+)"', right)
    got = visitor.post(link, {"ticket": ticket})
    assert b"".join(got.streaming_content) == b"%PDF Northgate"  # type: ignore[attr-defined]
    for bad in (ticket[:-1], f"{ticket}x", ""):
        assert visitor.post(link, {"ticket": bad}).status_code == 422
    late = Late(salt=_TICKETS.salt).sign(str(stored(cast).public_id))
    assert visitor.post(link, {"ticket": late}).status_code == 422
    told = " ".join(html_of(reviewer.get(page)).split())
    assert "Opened 1 time<" in told.replace(" <", "<")
    assert "Wrong passphrase 1 time<" in told.replace(" <", "<")


def test_who_shares_and_who_reads_are_told_of_an_old_or_unsigned_paper(
    cast: Cast, reviewer: Client, page: str, link: str
) -> None:
    old, unsigned = "is out of date", "Nobody has signed this verdict off."
    changed = "Something that it says has changed"
    report = cast.ours.report
    with scope(organization=cast.ours.organization):
        key = reports._key(report.audit, report.kind)
        Report.objects.filter(pk=report.pk).update(key=key)
    before = html_of(reviewer.get(page))
    assert (old in before, unsigned in before) == (False, True)
    assert changed not in html_of(Client().get(link))

    with scope(organization=cast.ours.organization):
        sign(cast.ours)

    after = html_of(reviewer.get(page))
    assert (old in after, unsigned in after) == (True, False)
    assert changed in html_of(Client().get(link))
