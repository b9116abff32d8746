"""Training that rests on typed results is not approved as on results of files."""

import html
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.models import Audit, Role
from audits.reports.context import build_paper
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.results_behind.approved_on import AfterSignOff, approved_on
from audits.scoring.scored.candidates import (
    Candidates,
    ScoredCandidate,
    ScoredKind,
    WrongFile,
)
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.candidates import (
    candidates_seen,
    save_candidates,
    with_candidates,
    with_target,
)
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.pages import html_of
from tests.proved import save_proved
from tests.reviews.conftest import client_of, read_of, signed
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

# Every way that is cheaper than training was tried.
EVERY_WAY = TRAINING_CASE | {"tried": [*TRAINING_CASE["tried"], "optimised", "split"]}
NUMBERS = {
    "requests": "100000",
    "prefix_tokens": "6000",
    "variable_tokens": "500",
    "output_tokens": "300",
}
SCORED: tuple[tuple[ScoredKind, int], ...] = (
    ("prompt", 150),
    ("examples", 152),
    ("stronger", 160),
)
ROWS = tuple(
    ScoredCandidate(
        id="",
        kind=kind,
        cases=200,
        passed=passed,
        day=date(2026, 11, 20),
        run_by="me",
        link="https://example.com/",
    )
    for kind, passed in SCORED
)
UNOPENED = "Not ready for the board’s vote: a reviewer must first confirm"
TO_REVIEWER = "Before you sign off, open the evidence and confirm"
TYPED = "None of the deciding results comes from a file; 3 were typed, with links"


@pytest.fixture
def trains(cast: Cast) -> Audit:
    """Return a submitted verdict to train on three results that somebody typed."""
    lead = cast.ours.contributor
    sent: Any = {("number", q): Sent(value=x) for q, x in NUMBERS.items()}
    with scope(organization=cast.ours.organization):
        answers = EVERY_WAY | {"regulatory": "internal", "error_cost": "low"}
        audit = save_proved(audit=cast.ours.draft, by=lead, answers=answers)
        save_entries(audit=audit, by=lead, sent=sent, sender=Sender())
        audit = fresh_audit(audit)
        target = with_target(Candidates(target=Decimal("0.9")))
        change = {**target, **with_candidates(audit, ROWS)}
        save_candidates(
            audit=audit, by=lead, change=change, seen=candidates_seen(audit)
        )
        return submit_audit(audit=fresh_audit(audit), by=lead)


def said_of_page_1(audit: Audit) -> str:
    with scope(organization=audit.organization):
        return build_paper(fresh_audit(audit)).one.standing


def test_typed_results_are_told_before_and_after_the_sign_off(
    cast: Cast, trains: Audit
) -> None:
    client = client_of(cast, Role.REVIEWER)
    before = f"{UNOPENED} the typed results. {TYPED}."
    to_reviewer = before.replace(UNOPENED, TO_REVIEWER)
    for name, said in (("result", before), ("review", to_reviewer)):
        page = client.get(reverse(name, args=[trains.pk]))
        assert said in html.unescape(html_of(page)), name
    assert said_of_page_1(trains) == before

    sent = signed("approved", submission=read_of(trains)) | {"opened": "on"}
    client.post(reverse("review", args=[trains.pk]), sent)

    who = str(cast.ours.people[Role.REVIEWER])
    after = f"{TYPED} that {who} says to have opened."
    after = f"Approve only if typed results are enough. {after}"
    page = client.get(reverse("result", args=[trains.pk]))
    assert after in html.unescape(html_of(page))
    assert said_of_page_1(trains) == after


def approved(*rows: ScoredCandidate, opened_by: str = "") -> str:
    inputs = Inputs(
        codes=read(current(), EVERY_WAY),
        levels=TRAINING_LEVELS,
        numbers=NUMBERS,
        candidates=Candidates(
            rows=tuple(replace(row, id=f"c{at}") for at, row in enumerate(rows, 1)),
            target=Decimal("0.9"),
        ),
    )
    found = assess_on(current(), inputs, date(2026, 11, 29))
    assert found.advice
    assert found.advice.standing == "approve"
    return approved_on(current(), found, after=AfterSignOff(opened_by=opened_by))


def test_results_of_files_are_approved_without_a_condition() -> None:
    files = [replace(row, sha256=f"{at}" * 64) for at, row in enumerate(ROWS, 1)]

    assert approved(*files).startswith(f"{UNOPENED} that ")
    done = "All checks for training pass: the board can approve it."
    assert approved(*files, opened_by="Ines") == done
    assert approved(*files[:2], ROWS[2]) == (
        f"{UNOPENED} the typed result. 2 of 3 deciding results come from files; 1 was "
        "typed, with a link."
    )


def test_removed_file_that_would_change_the_verdict_is_a_condition() -> None:
    files = [replace(row, sha256=f"{at}" * 64) for at, row in enumerate(ROWS, 1)]
    wrong = WrongFile(
        reason="Same run twice: it is so",
        file="good.json",
        by="me",
        day=date(2026, 11, 28),
    )
    gone = replace(files[0], sha256="9" * 64, is_removed=True, wrong=wrong)

    assert approved(*files, replace(gone, passed=191)) == (
        "Approve only if the removed file was wrong: counted, the verdict would be "
        "“Prompt” (A6)."
    )
    assert approved(*files, gone, opened_by="Ines").startswith("All checks")
