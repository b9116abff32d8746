"""A paper that is made after the board has decided says so, and asks for nothing."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, Cover, PackDecision, Role
from audits.reports.context import build_paper
from audits.reports.pdf_client import to_html
from audits.scoring.days import in_words
from audits.services.answers.answers import fresh_audit
from audits.services.papers.packs.board_packs import request_pack
from audits.services.papers.reports import request_report
from tests.board.boards import in_days, record, sign
from tests.casting import Cast
from tests.reviews.conftest import client_of


@pytest.fixture
def audit(cast: Cast) -> Iterator[Audit]:
    with scope(organization=cast.ours.organization):
        yield sign(cast.ours)


def html_of(audit: Audit) -> str:
    return to_html(build_paper(fresh_audit(audit)), "s100")


def kicker(html: str) -> str:
    found = re.search(r'<p class="kicker">(.*?)</p>', html, re.DOTALL)
    assert found
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", found[1])).strip()


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("outcome", "words", "heading"),
    [
        ("approved", "approved", "Decided"),
        ("amended", "approved with changes", "What is proposed"),
        ("refused", "refused", "What is proposed"),
        ("deferred", "deferred", "Deferred"),
    ],
)
def test_record_wins_over_the_cover(
    cast: Cast, audit: Audit, outcome: str, words: str, heading: str
) -> None:
    assert kicker(html_of(audit)).startswith("For decision")
    before, _ = request_report(audit=audit, by=cast.ours.contributor)
    day = date(2026, 11, 12)
    later = outcome in ("approved", "amended")
    more: dict[str, Any] = {"carry_out_by": in_days(9)} if later else {}

    record(audit, cast.ours.contributor, outcome, decided_on=day, **more)

    said = f"Decided by the board on 12 November 2026: {words}"
    html = html_of(audit)
    assert kicker(html) == said
    assert re.search(rf'class="side">\s*{heading}', html)
    after, _ = request_report(audit=fresh_audit(audit), by=cast.ours.contributor)
    assert after.key != before.key


def test_board_reads_by_when_it_decides_beside_its_name(
    cast: Cast, audit: Audit
) -> None:
    day, board = timezone.localdate() + timedelta(days=5), "Board of directors"
    Cover.objects.update_or_create(
        audit=audit,
        defaults={
            "organization": audit.organization,
            "decide_by": day,
            "meeting": board,
        },
    )
    by = f" · by {in_words(day)}"

    assert kicker(html_of(audit)) == f"For decision · {board}{by}"
    covers = Cover.objects.filter(audit=audit)
    # A meeting with a day of its own, a day that is over, or none.
    covers.update(meeting="Board, 9 December 2026")
    assert kicker(html_of(audit)).endswith(" · Board, 9 December 2026")
    for passed in (day - timedelta(days=6), None):
        covers.update(decide_by=passed, meeting=board)
        assert kicker(html_of(audit)) == f"For decision · {board}"
    covers.update(decide_by=day)
    record(audit, cast.ours.contributor)
    assert by not in kicker(html_of(audit))


@pytest.mark.parametrize(
    ("outcome", "is_asked"),
    [("approved", False), ("refused", False), ("deferred", True)],
)
def test_pack_asks_for_nothing_that_the_board_has_decided(
    cast: Cast, audit: Audit, outcome: str, *, is_asked: bool
) -> None:
    ours = cast.ours
    PackDecision.objects.all().delete()
    record(audit, ours.contributor, outcome)

    def packed() -> list[object]:
        pack, _ = request_pack(
            organization=ours.organization,
            by=ours.contributor,
            audits=Audit.objects.filter(pk=audit.pk),
        )
        return [x.audit_id for x in PackDecision.objects.filter(pack=pack)]

    assert packed() == ([audit.pk] if is_asked else [])


def test_export_has_the_decision_and_what_became_of_it(
    cast: Cast, audit: Audit
) -> None:
    client = client_of(cast, Role.CONTRIBUTOR)
    url = reverse("result_json", args=[audit.pk])
    assert client.get(url).json()["standing"]["board"] is None
    record(audit, cast.ours.contributor, meeting="Board, winter")

    found = client.get(url).json()["standing"]["board"]

    assert (found["outcome"], found["state"], found["meeting"]) == (
        "approved",
        "open",
        "Board, winter",
    )
    assert (found["done"], found["of"], found["amount"]) == (0, 2, None)
    assert found["missing"] == ["Change the stage", "Stop the training"]
