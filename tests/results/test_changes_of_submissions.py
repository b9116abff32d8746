"""“What changed” compares any two submissions, also of one audit."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Evidence, Role
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.evidence import add_file, remove_evidence
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.verdicts.assessments import framework_of
from tests.casting import Cast
from tests.results.test_timeline import page_of
from tests.reviews.conftest import client_of
from tests.reviews.test_background import decide

pytestmark = pytest.mark.once
GOALS = {1: ["cost_latency"], 2: ["knowledge"], 3: ["task_skill"]}


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


@pytest.fixture
def viewer(cast: Cast) -> Client:
    return client_of(cast, Role.VIEWER)


@pytest.fixture
def thrice(cast: Cast) -> Audit:
    """Submit an audit three times more; each time with another goal and file."""
    by, audit = cast.ours.contributor, cast.ours.submitted
    for turn, goal in GOALS.items():
        if turn == 2:
            decide(cast, fresh_audit(audit), "sent_back", "Who counted?")
            audit = fresh_audit(audit)
        else:
            audit = reopen_audit(audit=fresh_audit(audit), by=by)
        for old in Evidence.objects.filter(audit=audit, question="goal"):
            remove_evidence(evidence=old, by=by)
        save_answers(audit=fresh_audit(audit), by=by, answers={"goal": goal})
        run = ContentFile(f"run {turn}".encode(), f"run {turn}.txt")
        add_file(audit=fresh_audit(audit), by=by, question="goal", upload=run)
        audit = submit_audit(audit=fresh_audit(audit), by=by)
    return fresh_audit(audit)


@pytest.mark.thorough
def test_two_submissions_of_one_audit_are_compared(
    thrice: Audit, viewer: Client
) -> None:
    keys = {"since": f"{thrice.pk}.2", "until": f"{thrice.pk}.3"}

    page = page_of(viewer, "changes", thrice, **keys)
    turned = {"since": keys["until"], "until": keys["since"]}
    back = page_of(viewer, "changes", thrice, **turned)

    assert page.count('scope="col">Submission of ') == 2
    was, now = (
        framework_of(thrice).words("goal", {"goal": tuple(GOALS[turn])})
        for turn in (1, 2)
    )
    assert f"What is wrong: <strong>{now}</strong>" in page
    assert f" instead of {was}</span>" in page
    assert "<bdi>run 2.txt</bdi> added" in page
    assert "<bdi>run 1.txt</bdi> no longer there" in page
    assert "run 3.txt" not in page
    assert '<td data-label="Before">Sent back</td>' in page
    assert '<td data-label="After">Taken back</td>' in page
    assert page.partition("<table")[2] == back.partition("<table")[2]


def test_last_submission_is_compared_with_the_one_before(
    thrice: Audit, viewer: Client
) -> None:
    page = page_of(viewer, "changes", thrice)

    assert page.count('scope="col">Submission of ') == 2
    assert '<td data-label="After">In review</td>' in page
    assert "<bdi>run 3.txt</bdi> added" in page
    assert "<bdi>run 2.txt</bdi> no longer there" in page
    # Each of the four can be chosen on both sides.
    assert page.count("<option") == 8
    result = page_of(viewer, "result", thrice)
    assert f'href="{reverse("changes", args=[thrice.pk])}"' in result


@pytest.mark.thorough
def test_money_of_an_earlier_submission_has_its_numbers(
    cast: Cast, viewer: Client
) -> None:
    by, audit = cast.ours.contributor, cast.ours.submitted
    for calls in ("100000", "900000"):
        audit = reopen_audit(audit=fresh_audit(audit), by=by)
        seen = audit.numbers.get("requests", {}).get("version", 0)
        sent: Any = {("number", "requests"): Sent(value=calls, seen=seen)}
        save_entries(audit=fresh_audit(audit), by=by, sent=sent, sender=Sender())
        audit = submit_audit(audit=fresh_audit(audit), by=by)

    page = page_of(viewer, "changes", audit)

    changed = "<strong>900,000 calls a month</strong> instead of 100,000 calls a month"
    assert changed in page


@pytest.mark.thorough
@pytest.mark.parametrize("number", ["0", "9", "x"])
def test_submission_that_is_none_is_not_found(
    thrice: Audit, viewer: Client, number: str
) -> None:
    where = reverse("changes", args=[thrice.pk])

    assert viewer.get(where, {"since": f"{thrice.pk}.{number}"}).status_code == 404
