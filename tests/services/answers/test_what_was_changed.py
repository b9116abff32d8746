"""Whatever is changed about a result that counted is told, with its effect."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, ResultsFile, Role, User
from audits.models.audits import values
from audits.scoring.days import in_words
from audits.scoring.results_behind.wrong_files import wrong_files
from audits.scoring.scored.candidates import (
    Candidates,
    ScoredCandidate,
    WrongFile,
)
from audits.scoring.scored.replaced import replacing
from audits.scoring.scored.words import evidence
from audits.scoring.told.results_told import results_told
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.candidates import (
    Change,
    candidates_seen,
    put_back,
    removed,
    removed_as_wrong,
    save_candidates,
    with_candidates,
    with_target,
)
from audits.services.answers.merging import Sender, Sent
from audits.services.verdicts.assessments import assess_today, framework_of
from tests.casting import Cast, Tenant
from tests.proved import show
from tests.replayed import replayed
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

PASSING = ScoredCandidate(
    id="",
    kind="examples",
    cases=200,
    passed=190,
    sha256="0f" * 32,
    run=0,
    run_by="Grace Mensah",
)
TYPED = replace(
    PASSING,
    sha256="",
    run=None,
    day=date(2026, 11, 20),
    link="https://example.org/report",
)
WANTED = with_target(Candidates(target=Decimal("0.9")))
NAME = "“Prompt with examples”"


@pytest.fixture
def draft(cast: Cast) -> Iterator[Audit]:
    """A draft whose answers by hand lead to training, with a target."""
    with scope(organization=cast.ours.organization):
        _answer(cast.ours)
        yield fresh_audit(cast.ours.draft)


@replayed
def _answer(tenant: Tenant) -> None:
    audit, lead = tenant.draft, tenant.contributor
    # Nothing was tested before the target was set.
    ResultsFile.objects.filter(use_case=audit.use_case).delete()
    save_answers(audit=audit, by=lead, answers=TRAINING_CASE)
    show(audit, lead)
    sent = {("level", q): Sent(value=x) for q, x in TRAINING_LEVELS.items()}
    save_entries(audit=fresh_audit(audit), by=lead, sent=sent, sender=Sender())
    changed(fresh_audit(audit), lead, WANTED)


def changed(audit: Audit, by: User, change: Change) -> Audit:
    seen = candidates_seen(audit)
    save_candidates(audit=audit, by=by, change=change, seen=seen)
    return fresh_audit(audit)


def save(audit: Audit, by: User, *rows: ScoredCandidate) -> Audit:
    return changed(audit, by, with_candidates(audit, rows))


def row_of(audit: Audit, item: str = "c1") -> ScoredCandidate:
    return next(x for x in audit.inputs.candidates.rows if x.id == item)


def edited(audit: Audit, by: User, item: str = "c1", **changes: Any) -> Audit:
    """Change a candidate as its form does."""
    return save(audit, by, replace(row_of(audit, item), **changes))


def told(audit: Audit) -> list[str]:
    return [*results_told(framework_of(audit), assess_today(audit), {})]


def who(by: User) -> str:
    return f"by {by} on {in_words(timezone.localdate())}"


@pytest.mark.parametrize(
    ("changes", "done"),
    [
        ({"is_allowed": False}, "marked as not allowed in production"),
        (
            {"kind": "tuned"},
            "called “Tuned or distilled model” instead of “Prompt with examples”",
        ),
        ({"is_removed": True}, "removed"),
        ({"model": "gpt-5"}, "given the name “gpt-5”"),
        ({"cost": Decimal("0.02")}, "given the cost of a call $0.02"),
        ({"p95_ms": 900}, "given the time of 95 of 100 calls 900 ms"),
    ],
)
def test_change_of_a_result_that_counted_is_told_with_who_when_and_effect(
    cast: Cast, draft: Audit, changes: dict[str, Any], done: str
) -> None:
    lead, other = cast.ours.contributor, cast.ours.people[Role.ADMIN]
    audit = save(draft, lead, PASSING)
    was = assess_today(audit).named.name

    audit = edited(audit, other, **changes)

    [said] = told(audit)
    start = f"{NAME}: 190 of 200, {done} {who(other)}. If it counted as before, "
    assert said.startswith(start)
    verdict = "the same" if assess_today(audit).named.name == was else f"“{was}”"
    assert said.endswith(
        (f"the verdict would be {verdict}.", "and the verdict would be the same.")
    )


def test_unticked_and_then_removed_result_is_told_twice(
    cast: Cast, draft: Audit
) -> None:
    lead = cast.ours.contributor
    audit = save(draft, lead, PASSING)
    was = assess_today(audit).named.name
    audit = edited(audit, lead, is_allowed=False)

    audit = changed(audit, lead, removed(row_of(audit)))

    unticked, gone = told(audit)
    assert "marked as not allowed in production" in unticked
    assert unticked.endswith(f"the verdict would be “{was}”.")
    assert f"190 of 200, removed {who(lead)}. If it counted as before, " in gone


@pytest.mark.thorough
def test_effect_is_told_although_the_later_result_was_removed_as_wrong(
    cast: Cast, draft: Audit
) -> None:
    lead = cast.ours.contributor
    audit = save(draft, lead, PASSING)
    was = assess_today(audit).named.name
    audit = edited(audit, lead, cases=40, passed=25, sha256="1f" * 32)
    wrong = WrongFile(reason="No", file="b.csv", by=str(lead), day=timezone.localdate())

    change = removed_as_wrong(audit.inputs.candidates, "1f" * 32, wrong)
    audit = changed(audit, lead, change)

    [said] = told(audit)
    assert f"190 of 200, replaced by 25 of 40 ({who(lead)})" in said
    assert "With the earlier result, " in said
    assert said.endswith(f"the verdict would be “{was}”.")
    files = wrong_files(framework_of(audit), assess_today(audit))
    assert files is not None
    assert len(files.said) == 1


@pytest.mark.thorough
def test_effect_of_an_earlier_result_is_that_of_its_own_kind(
    cast: Cast, draft: Audit
) -> None:
    lead = cast.ours.contributor
    audit = save(draft, lead, TYPED)
    was = assess_today(audit).named.name
    audit = edited(audit, lead, passed=80)

    audit = edited(audit, lead, kind="retrieval")

    first, second, typed = told(audit)
    assert "typed by " in typed
    assert first.startswith(f"Earlier result of {NAME}: 190 of 200 (20 November 2026)")
    assert first.endswith(f"the verdict would be “{was}”.")
    assert f"80 of 200, called “With retrieval” instead of {NAME}" in second


def test_removal_of_a_typed_result_that_had_too_few_cases_is_told(
    cast: Cast, draft: Audit
) -> None:
    lead = cast.ours.contributor
    audit = save(draft, lead, replace(TYPED, cases=29, passed=10))

    audit = changed(audit, lead, removed(row_of(audit)))

    assert told(audit) == [
        f"{NAME}: 10 of 29, removed {who(lead)}. It did not count: it had fewer than "
        "30 cases."
    ]


def test_typing_errors_in_what_never_counted_are_nobody_s_business(
    cast: Cast, draft: Audit
) -> None:
    audit = save(draft, cast.ours.contributor, replace(TYPED, cases=29, passed=10))

    audit = edited(audit, cast.ours.contributor, passed=12)

    assert told(audit) == []


@pytest.mark.parametrize(
    ("changes", "done"),
    [
        ({"is_allowed": False}, "marked as not allowed in production"),
        ({"is_removed": True}, "removed"),
    ],
)
def test_change_that_is_undone_leaves_only_that_it_was_put_back(
    cast: Cast, draft: Audit, changes: dict[str, Any], done: str
) -> None:
    lead, other = cast.ours.contributor, cast.ours.people[Role.ADMIN]
    audit = edited(save(draft, lead, PASSING), lead, **changes)

    back: dict[str, Any] = {name: not value for name, value in changes.items()}
    audit = edited(audit, other, **back)

    assert told(audit) == [
        f"{NAME}: 190 of 200, put back as it was {who(other)}. It had been {done}."
    ]


def test_wrong_file_that_is_put_back_says_so(cast: Cast, draft: Audit) -> None:
    lead = cast.ours.contributor
    audit = save(draft, lead, PASSING)
    wrong = WrongFile(reason="No", file="a.csv", by=str(lead), day=timezone.localdate())
    change = removed_as_wrong(audit.inputs.candidates, PASSING.sha256, wrong)
    audit = changed(audit, lead, change)

    audit = changed(audit, lead, put_back(audit.inputs.candidates, row_of(audit)))

    [said] = told(audit)
    assert said == (
        f"{NAME}: 190 of 200, put back as it was {who(lead)}. It had been removed with "
        "its whole file as a wrong one."
    )


@pytest.mark.thorough
def test_result_that_counted_between_is_told_although_the_first_is_back(
    cast: Cast, draft: Audit
) -> None:
    lead = cast.ours.contributor
    audit = save(draft, lead, PASSING)
    audit = edited(audit, lead, passed=80)
    without = assess_today(audit).named.name

    audit = edited(audit, lead, passed=190)

    first, second = told(audit)
    assert "If it counted" not in first
    assert "With the earlier" not in first
    assert "80 of 200, replaced by 190 of 200" in second
    assert second.endswith(f"the verdict would be “{without}”.")


def test_oldest_result_that_counted_is_never_dropped(
    cast: Cast, draft: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replacing, "MOST_REPLACED", 5)
    lead = cast.ours.contributor
    audit = save(draft, lead, PASSING)

    for passed in range(70, 78):
        audit = edited(audit, lead, passed=passed)

    kept = row_of(audit).replaced
    assert (len(kept), kept[0].passed) == (5, 190)
    first, *_, last = told(audit)
    assert "190 of 200, replaced by " in first
    assert "the verdict would be “" in first
    assert "With the earlier result, " in last


@pytest.mark.thorough
def test_each_wrong_file_says_its_own_effect(cast: Cast, draft: Audit) -> None:
    lead = cast.ours.contributor
    other = replace(PASSING, kind="prompt", passed=100, sha256="1f" * 32)
    audit = save(draft, lead, PASSING, other)
    was = assess_today(audit).named.name
    for sha256 in (PASSING.sha256, other.sha256):
        wrong = WrongFile(reason="No", file=sha256[:2], by="x", day=date(2026, 11, 28))
        change = removed_as_wrong(audit.inputs.candidates, sha256, wrong)
        audit = changed(audit, lead, change)

    found = wrong_files(framework_of(audit), assess_today(audit))

    assert found is not None
    passing, failing = found.said
    beside = "If it also counted beside the other results, the verdict would "
    assert f"{beside}be “{was}”" in passing
    assert beside in failing
    assert f"be “{was}”" not in failing


def test_what_changes_together_hide_is_told_once(cast: Cast, draft: Audit) -> None:
    lead = cast.ours.contributor
    better = replace(PASSING, kind="prompt", passed=170, sha256="1f" * 32)
    audit = save(draft, lead, replace(PASSING, passed=100), better)
    was = assess_today(audit).named.name

    for item in ("c1", "c2"):
        audit = edited(audit, lead, item, is_allowed=False)

    first, second, together = told(audit)
    assert f"“{was}”" not in first + second
    assert together == (
        "If all results that were changed or removed counted as at first, the verdict "
        f"would be “{was}”."
    )


def test_name_that_was_typed_is_only_said_to_have_run_it(
    cast: Cast, draft: Audit
) -> None:
    lead, other = cast.ours.contributor, cast.ours.people[Role.ADMIN]
    audit = save(draft, lead, PASSING)
    audit = edited(audit, other, run_by="Rosa", passed=100, sha256="1f" * 32)

    [said] = told(audit)

    assert f"replaced by 100 of 200 ({who(other)})" in said
    assert evidence(row_of(audit)).startswith(
        f"measured, uploaded by {other}, run by “Rosa” as entered, SHA-256 1f1f"
    )


@pytest.mark.thorough
def test_names_of_people_are_in_one_field(cast: Cast, draft: Audit) -> None:
    lead, other = cast.ours.contributor, cast.ours.people[Role.ADMIN]
    audit = edited(save(draft, lead, PASSING), other, is_allowed=False)

    value = values(audit.candidates)["c1"]

    assert (value["by"], value["replaced"][0]["by"]) == (str(lead), str(other))
    del value["by"], value["replaced"][0]["by"]
    assert str(lead) not in str(value)
    assert str(other) not in str(value)
