"""The timeline tells a change of mind apart, and what was typed as a test result."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from audits.models import Audit, Version
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.candidates import (
    candidates_seen,
    save_candidates,
    with_candidates,
    with_target,
)
from audits.services.answers.merging import Sender, Sent
from audits.services.timelines.moments import Moment
from audits.services.timelines.timeline import timeline_of
from tests.casting import Cast
from tests.results.test_timeline import SETTLED, page_of
from tests.signed_in import sign_in


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


def entered(cast: Cast, **answers: Any) -> None:
    draft = fresh_audit(cast.ours.draft)
    save_answers(audit=draft, by=cast.ours.contributor, answers=answers)


def a_minute_passes(audit: Audit) -> None:
    """Move all that was entered so far back by a minute, in its order."""
    for each in Version.objects.filter(audit=audit):
        at = each.at - timedelta(minutes=1)
        Version.objects.filter(pk=each.pk).update(at=at)


def told(cast: Cast, *kinds: str) -> list[Moment]:
    """Return what people entered, the first one first."""
    moments = reversed(timeline_of(cast.ours.draft.use_case))
    return [each for each in moments if each.kind in kinds]


@pytest.mark.thorough
def test_change_of_mind_that_turns_the_verdict_is_an_entry_of_its_own(
    cast: Cast, client: Client
) -> None:
    draft = cast.ours.draft
    entered(cast, **SETTLED)
    a_minute_passes(draft)
    entered(cast, state="none")
    sign_in(client, cast.ours.contributor)

    first, then = told(cast, "answered")
    page = page_of(client, "timeline", draft)

    assert (first.count, then.count) == (len(SETTLED), 1)
    assert [(each.label, each.was) for each in then.answers] == [
        ("Where training stands", "Tuned model in use")
    ]
    assert then.before == first.verdict != then.verdict
    assert '<details class="why" open>' in page


def test_slip_that_is_corrected_at_once_is_no_change_of_mind(cast: Cast) -> None:
    entered(cast, state="none")
    entered(cast, state="planned")

    [only] = told(cast, "answered")

    assert (only.count, only.answers[0].was) == (1, "")


@pytest.mark.thorough
def test_answers_before_and_after_numbers_are_two_entries(cast: Cast) -> None:
    draft, by = cast.ours.draft, cast.ours.contributor
    entered(cast, state="none")
    a_minute_passes(draft)
    sent: Any = {("number", "requests"): Sent(value="40000")}
    save_entries(audit=fresh_audit(draft), by=by, sent=sent, sender=Sender())
    a_minute_passes(draft)
    entered(cast, goal=["task_skill"])

    kinds = [each.kind for each in told(cast, "answered", "numbers")]

    assert kinds == ["answered", "numbers", "answered"]


@pytest.mark.thorough
def test_typed_target_and_results_are_told(cast: Cast, client: Client) -> None:
    draft, by = cast.ours.draft, cast.ours.contributor
    entered(cast, **SETTLED)
    row = ScoredCandidate(id="", kind="prompt", cases=240, passed=197)
    for what in (Candidates(target=Decimal("0.92")), row):
        audit = fresh_audit(draft)
        if isinstance(what, Candidates):
            change = with_target(what)
        else:
            change = with_candidates(audit, [what])
        seen = candidates_seen(audit)
        save_candidates(audit=audit, by=by, change=change, seen=seen)
    sign_in(client, by)

    [typed] = told(cast, "typed")
    page = page_of(client, "timeline", draft)

    assert [each.label for each in typed.answers] == ["Target", "Candidate 1"]
    assert "92 of 100" in typed.answers[0].now
    assert "197 of 240 passed" in typed.answers[1].now
    assert "typed the target or a test result in" in page
    assert "Show what was typed" in page
