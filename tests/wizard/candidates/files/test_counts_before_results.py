"""Where a count of passed cases turns the verdict, the upload of that count does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from audits.scoring.cards.card import Card
from audits.scoring.cards.cases.more_cases import MORE_CASES
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.summary.sureness import sureness
from audits.scoring.summary.why_rows import why_rows
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.candidates import (
    candidates_seen,
    preview,
    save_candidates,
    with_candidates,
)
from audits.services.answers.merging import Sender, Sent
from audits.services.read_files.results_files import (
    candidate_from,
    runs_of,
)
from audits.services.verdicts.assessments import assessment_of, framework_of
from tests.casting import Cast
from tests.examples import some_of
from tests.proved import show
from tests.wizard.candidates.results_saved import opened

pytestmark = pytest.mark.once

KINDS: Sequence[Any] = ("prompt", "examples", "stronger", "optimised", "split")
ANSWERS: Mapping[str, Any] = {
    "goal": ["task_skill"],
    "state": "planned",
    "task_shape": "narrow_stable",
    "component": "generator",
    "examples": "thousands",
    "mlops": ["versioned", "suite", "rollback", "monitoring"],
    "team": "dedicated",
    "example_quality": "consistent",
    "data_rights": "clear",
    "platform": "open",
    "hosting": "cloud_ok",
    "traceability": "none",
    "checker": "labels",
    "domain_vocab": "industry",
    "regulatory": "internal",
    "error_cost": "moderate",
}
PROVED = (
    *("goal", "task_shape", "examples", "mlops", "team", "example_quality"),
    *("data_rights", "platform", "regulatory", "error_cost"),
)
STRONGEST = "“stronger (Stronger model)”"
type Outcomes = Mapping[str, Sequence[bool | None]]


@pytest.fixture
def audit(cast: Cast) -> Iterator[Audit]:
    lead = cast.ours.contributor
    with scope(organization=cast.ours.organization):
        audit = cast.ours.draft
        save_answers(audit=audit, by=lead, answers=dict(ANSWERS))
        show(audit, lead, dict.fromkeys(PROVED, "documented"))
        sent: dict[Any, Sent] = {
            ("level", question): Sent(value="documented") for question in PROVED
        }
        sent["candidate", "target"] = Sent(value={"share": "0.9"})
        save_entries(audit=fresh_audit(audit), by=lead, sent=sent, sender=Sender())
        yield fresh_audit(audit)


def first(passed: int, cases: int) -> list[bool | None]:
    return [number < passed for number in range(cases)]


def upload(cast: Cast, audit: Audit, outcomes: Outcomes) -> Audit:
    """Save the runs of a file, each in place of the candidate of its kind."""
    lines = ["case,candidate,passed"]
    lines += [
        f"case {number},{kind},{'yes' if is_passed else 'no'}"
        for kind, every in outcomes.items()
        for number, is_passed in enumerate(every)
        if is_passed is not None
    ]
    file = SimpleUploadedFile("results.csv", "\n".join(lines).encode())
    audit, lead = fresh_audit(audit), cast.ours.contributor
    kept = opened(audit, file)
    there = {row.kind: row.id for row in audit.given_candidates.rows}
    rows = [
        replace(
            ScoredCandidate(id="", kind=kind, **candidate_from(run, number, kept)),
            id=there.get(kind, ""),
        )
        for number, (kind, run) in enumerate(
            zip([x for x in KINDS if x in outcomes], runs_of(kept), strict=True)
        )
    ]
    change, seen = with_candidates(audit, rows), candidates_seen(audit)
    shown = preview(audit, change)
    save_candidates(audit=audit, by=lead, change=change, seen=seen)
    after = fresh_audit(audit)
    assert after.verdict == shown.then.verdict
    return after


def verdict_of(cast: Cast, audit: Audit, outcomes: Outcomes) -> str | None:
    """Return the verdict of an upload, which is taken back."""
    with transaction.atomic():
        after = upload(cast, audit, outcomes)
        transaction.set_rollback(True)
    return after.verdict


def card_of(client: Client, audit: Audit, step: str) -> Card:
    url = reverse("experiment", args=[audit.pk, step])
    card: Card = client.get(url).context["card"]
    return card


def told(card: Card) -> dict[str, str]:
    return {words: x.verdict for x in card.outcomes for words in x.results}


def scored(cases: int, *passed: int) -> dict[str, list[bool | None]]:
    return {
        kind: first(count, cases) for kind, count in zip(KINDS, passed, strict=False)
    }


def more(
    there: Outcomes, cases: int, only: Mapping[str, int]
) -> dict[str, list[bool | None]]:
    """Return the same with so many more cases, of which these pass."""
    return {
        kind: [*every, *first(only[kind], cases)]
        for kind, every in there.items()
        if kind in only
    }


def test_share_of_few_cases_asks_for_more_and_says_its_points(
    client: Client, cast: Cast, audit: Audit
) -> None:
    """80 of 100 on 60 cases is 10 points below the target; on 200 it leads to train."""
    there = scored(60, 40, 42, 48, 43)
    audit = upload(cast, audit, there)
    assert audit.verdict == "prompt_long_context"
    assessment, framework = assessment_of(audit), framework_of(audit)

    found = "results are 10 points below the target: on 60 cases, up to 10.1 are small"
    assert any(found in row.found for row in why_rows(framework, assessment))
    [gap] = [x for x in assessment.from_candidates if x.question == "quality_gap"]
    assert gap.because.endswith(found.removeprefix("results are "))
    [skill] = [x for x in assessment.trace.reasons if x.id == "X1"]
    assert skill.because.startswith(f"R{found[1:]}; “Gap to the target” would have")
    assert sureness(framework, assessment).says_complete == (
        "No further answer is needed, but testing 140 more cases "
        "could still change the verdict"
    )
    plan = client.get(reverse("experiments", args=[audit.pk])).content.decode()
    assert "No result changes the verdict" not in plan

    card = card_of(client, audit, MORE_CASES)
    assert card.name == "Test all 4 candidates on 140 more cases"
    assert (card.cases, card.only) == (200, ("c1", "c2", "c3", "c4"))
    assert told(card) == {
        f"{STRONGEST} passes 168 or fewer of all 200": "fine_tune",
        f"{STRONGEST} passes 169 to 179 of all 200": "prompt_long_context",
        f"{STRONGEST} passes 180 or more of all 200": "prompt_long_context",
    }


def test_gap_that_chance_may_explain_is_named_as_well(cast: Cast, audit: Audit) -> None:
    audit = upload(cast, audit, scored(40, 30, 31, 33, 32))

    sure = sureness(framework_of(audit), assessment_of(audit))

    assert sure.says_complete.lower().endswith(
        "testing 120 more cases could still change the verdict"
    )


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("strongest", "verdict"),
    some_of(
        [(48, "fine_tune"), (160, "fine_tune"), (168, "fine_tune")]
        + [(x, "prompt_long_context") for x in (169, 179, 180, 188)],
        3,
    ),
)
def test_more_of_few_cases_lead_where_the_card_says(
    cast: Cast, audit: Audit, strongest: int, verdict: str
) -> None:
    there = scored(60, 40, 42, 48, 43)
    audit = upload(cast, audit, there)
    passed = {"prompt": 93, "examples": 98, "stronger": strongest - 48}

    after = more(there, 140, {**passed, "optimised": 100})

    assert verdict_of(cast, audit, after) == verdict


@pytest.mark.thorough
def test_more_cases_are_run_with_all_candidates_of_the_test(
    client: Client, cast: Cast, audit: Audit
) -> None:
    audit = upload(cast, audit, scored(200, 150, 160, 188, 165, 166))

    card = card_of(client, audit, MORE_CASES)

    assert card.name == "Test all 5 candidates on about 190 more cases"
    assert card.sample.startswith("The 200 cases of their results, and 190 more cases")
    assert (card.cases, card.hours, len(card.only)) == (390, 35, 5)
    assert told(card) == {
        f"{STRONGEST} passes 331 or fewer of all 390": "fine_tune",
        f"{STRONGEST} passes 332 to 350 of all 390": "prompt_long_context",
        f"{STRONGEST} passes 351 or more of all 390": "prompt_long_context",
    }
    url = reverse("experiment_file", args=[audit.pk, MORE_CASES, "promptfoo.yaml"])
    config = client.get(url).content.decode()
    for name in ("prompt (Written prompt)", "optimised", "split"):
        assert name in config


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("strongest", "verdict"),
    some_of(
        [(188, "fine_tune"), (330, "fine_tune"), (331, "fine_tune")]
        + [(x, "prompt_long_context") for x in (332, 340, 350, 351, 378)],
        3,
    ),
)
def test_more_cases_of_all_lead_where_the_card_says(
    cast: Cast, audit: Audit, strongest: int, verdict: str
) -> None:
    there = scored(200, 150, 160, 188, 165, 166)
    audit = upload(cast, audit, there)
    passed = {"prompt": 142, "examples": 152, "optimised": 157, "split": 158}

    after = more(there, 190, {**passed, "stronger": strongest - 188})

    assert verdict_of(cast, audit, after) == verdict


@pytest.mark.thorough
def test_more_cases_of_one_alone_bring_training_no_closer(
    cast: Cast, audit: Audit
) -> None:
    there = scored(200, 150, 160, 188, 165, 166)
    audit = upload(cast, audit, there)

    after = more(there, 190, {"stronger": 140})

    # With the 190 cases that nobody ran, few-shot may still meet the target.
    assert verdict_of(cast, audit, after) == "few_shot"


def part_of_the_test() -> dict[str, list[bool | None]]:
    """The strongest model ran on 60 of 200 cases, and 48 of them passed."""
    some: list[bool | None] = [*first(48, 60), *[None] * 140]
    return {**scored(200, 150, 160), "stronger": some, "optimised": first(165, 200)}


@pytest.mark.thorough
def test_cases_that_were_not_run_say_where_their_count_turns_the_verdict(
    client: Client, cast: Cast, audit: Audit
) -> None:
    audit = upload(cast, audit, part_of_the_test())

    assert told(card_of(client, audit, "run_again_c3")) == {
        "120 or fewer of the 140 pass": "fine_tune",
        "121 to 131 of the 140 pass": "prompt_long_context",
        "132 or more of the 140 pass": "prompt_long_context",
    }


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("passed", "verdict"),
    some_of(
        [(x, "fine_tune") for x in (0, 60, 112, 120)]
        + [(x, "prompt_long_context") for x in (121, 131, 132, 140)],
        3,
    ),
)
def test_cases_that_were_not_run_lead_where_the_card_says(
    cast: Cast, audit: Audit, passed: int, verdict: str
) -> None:
    audit = upload(cast, audit, part_of_the_test())

    after = {"stronger": [*first(48, 60), *first(passed, 140)]}

    assert verdict_of(cast, audit, after) == verdict
