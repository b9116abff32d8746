"""Papers and exports of a signed verdict that something contradicts say so."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.frameworks.loading import loader
from audits.models import Audit, PortfolioRow, Report, ResultsCheck
from audits.reports.context import Paper, build_paper
from audits.scoring.days import in_words
from audits.scoring.exchange.verification import verify
from audits.services.answers.answers import fresh_audit
from audits.services.papers.reports import is_current, request_report
from audits.services.reviews.drift import mark_due
from tests.casting import Cast
from tests.outcomes.signed import file_of, signed, signed_and_checked
from tests.outcomes.test_results_checks import sheet_of
from tests.pages import html_of
from tests.printed import Printed
from tests.reports.papers import pdf_of, words_of
from tests.signed_in import sign_in

pytestmark = pytest.mark.once

TEST = "a newer test of 60 of 200 contradicts 190 of 200"
CAUSE = "“claude-sonnet-5-5” is shut down on 1 March 2027 (list of models)."


@pytest.fixture
def audit(cast: Cast) -> Audit:
    return signed(cast.ours)


def paper(audit: Audit, cast: Cast) -> Report:
    """Return the paper that somebody who asks now gets, as if it were made."""
    with scope(organization=cast.ours.organization):
        report, to_make = request_report(
            audit=fresh_audit(audit), by=cast.ours.contributor
        )
        if to_make:
            Report.objects.filter(pk=report.pk).update(
                state=Report.State.READY, finished_at=timezone.now(), file="reports/x"
            )
        return Report.objects.get(pk=report.pk)


@pytest.fixture
def contradicted(cast: Cast) -> Audit:
    """Sign a verdict off, and contradict it by newer results."""
    return signed_and_checked(cast.ours, sheet_of(60))


def contradict(client: Client, cast: Cast, audit: Audit, passed: int = 60) -> None:
    sign_in(client, cast.ours.contributor)
    there = reverse("check_results", args=[audit.pk])
    client.post(there, {"file": file_of(sheet_of(passed), f"new{passed}.csv")})


def written(audit: Audit, cast: Cast) -> Paper:
    with scope(organization=cast.ours.organization):
        return build_paper(fresh_audit(audit))


def printed(audit: Audit, cast: Cast) -> bytes:
    return pdf_of(written(audit, cast))


@pytest.mark.thorough
def test_paper_after_newer_results_says_what_they_contradict_and_the_older_its_day(
    client: Client, cast: Cast, audit: Audit
) -> None:
    old = paper(audit, cast)
    before = Printed(printed(audit, cast)).words
    assert "Review due" not in before[0]

    contradict(client, cast, audit)
    new = paper(audit, cast)
    after = Printed(printed(audit, cast)).words
    pages = [
        " ".join(html_of(client.get(reverse("paper", args=[x.pk]))).split())
        for x in (old, new)
    ]

    today = in_words(timezone.localdate())
    assert new.pk != old.pk
    assert paper(audit, cast).pk == new.pk
    assert f"Review due since {today}: {TEST}." in after[0]
    assert len(after) == len(before)
    assert old.finished_at is not None
    day = in_words(timezone.localdate(old.finished_at))
    assert f"It is of {day} and does not say that a review is due." in pages[0]
    assert TEST in pages[0]
    assert f"Download the PDF of {day}" in pages[0]
    assert "does not say that a review is due" not in pages[1]
    assert "Make the current paper" in pages[0]


def test_change_of_the_market_is_on_the_next_paper_as_well(
    client: Client, cast: Cast, audit: Audit
) -> None:
    old = paper(audit, cast)
    with scope(organization=cast.ours.organization):
        mark_due(audit, CAUSE)
        assert not is_current(report=Report.objects.get(pk=old.pk))
    market = paper(audit, cast)
    contradict(client, cast, audit)

    both = paper(audit, cast)

    said, _ = words_of(written(audit, cast))
    assert len({old.pk, market.pk, both.pk}) == 3
    assert f": {TEST}; {CAUSE}" in said


@pytest.mark.thorough
def test_later_results_that_confirm_make_another_paper(
    client: Client, cast: Cast, contradicted: Audit
) -> None:
    audit = contradicted
    due = paper(audit, cast)
    contradict(client, cast, audit, passed=191)

    assert paper(audit, cast).pk != due.pk
    first, _ = words_of(written(audit, cast))
    told = "newer results contradicted a measured answer, and later ones confirmed it."
    assert told[:66] in first
    due_since = in_words(timezone.localdate())
    page = html_of(client.get(reverse("result", args=[audit.pk])))
    assert f"Review due since {due_since}: {told}" in page
    assert "Newer results contradict" not in page


def test_every_reader_is_told_the_same_of_a_review_that_is_due(
    client: Client, cast: Cast, contradicted: Audit
) -> None:
    audit = contradicted
    timeline = reverse("timeline", args=[audit.pk])
    home, portfolio = reverse("use_cases"), reverse("portfolio")
    told = f"{TEST[:1].upper()}{TEST[1:]}."
    confirmed = (
        "Newer results contradicted a measured answer, and later ones confirmed it."
    )
    for passed, said in ((60, told), (191, confirmed)):
        sign_in(client, cast.ours.contributor)
        if passed != 60:
            contradict(client, cast, audit, passed=passed)
        with scope(organization=cast.ours.organization):
            assert PortfolioRow.objects.get(audit=audit).review_cause == said
        for name, page in (("timeline", timeline), ("portfolio", portfolio)):
            assert said in html_of(client.get(page)), name
        sign_in(client, audit.use_case.owner)
        assert said in html_of(client.get(home))
    with scope(organization=cast.ours.organization):
        assert stored_cause(audit) == "Newer results contradict a measured answer."


def stored_cause(audit: Audit) -> str:
    """Return what marked the audit as due, which the record has."""
    return fresh_audit(audit).review_cause


def test_attachment_and_export_have_the_line_and_are_reproduced(
    client: Client, cast: Cast, audit: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    there = reverse("result_json", args=[audit.pk])
    old = json.loads(written(audit, cast).attachment.content)
    before = client.get(there).json()["standing"]

    contradict(client, cast, audit)

    raw = written(audit, cast).attachment.content
    assert "review_due" not in old["page_1"]
    assert json.loads(raw)["page_1"]["review_due"].endswith(f": {TEST}.")
    found = verify(raw, loader.shipped())
    assert found.outcome == "reproduced"
    assert found.says is not None
    assert TEST in found.says.review_due
    today = timezone.localdate().isoformat()
    after = client.get(there).json()["standing"]
    assert before["review_due"] is None
    assert after["state"] == "signed_off"
    assert after["sign_off"]["outcome"] == "approved"
    assert after["sign_off"]["by"] == "Northgate reviewer"
    assert after["sign_off"]["on"] == today
    assert after["sign_off"]["conditions"] == []
    assert after["review_due"] == {"since": today, "because": [TEST]}


@pytest.mark.thorough
def test_check_from_before_its_words_were_kept_is_told_in_general(
    cast: Cast, contradicted: Audit
) -> None:
    audit = contradicted
    with scope(organization=cast.ours.organization):
        ResultsCheck.objects.update(contradicts="")
        Audit.objects.filter(pk=audit.pk).update(
            review_due_at=timezone.now() - timedelta(days=9)
        )

    first, _ = words_of(written(audit, cast))

    since = in_words(timezone.localdate() - timedelta(days=9))
    assert f"{since}: newer results contradict a measured answer." in first
