"""The target, and what today's way scored against it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from audits.frameworks.loading.loader import current
from audits.reports.one_page.evidence_said import evidence_said
from audits.reports.todays_score import target_and_today
from audits.scoring.assess_on import assess_on
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.summary.why_rows import why_rows
from audits.scoring.told.targets import both_in_short
from tests.scoring.cards.test_cheaper_ways import EXAMPLES, INVOICES, TODAY
from tests.scoring.scored.test_candidates import candidates
from tests.scoring.what_if.test_changes import DAY, inputs_of

TARGET = Decimal("0.95")
PROMPT = ScoredCandidate(id="c1", kind="prompt", cases=200, passed=168, sha256="a" * 64)
FEW_SHOT = ScoredCandidate(
    id="c2", kind="examples", cases=200, passed=181, sha256="a" * 64
)
OTHER = replace(FEW_SHOT, id="c4", model="40 examples")
LIVE = ScoredCandidate(id="c3", kind="live", cases=100, passed=90, sha256="a" * 64)
OF_PROMPT = "Today, “Written prompt”: 168 of 200 passed, between 78 and 88 of 100."
OF_EXAMPLES = (
    "Today, “Prompt with examples”: 181 of 200 passed, between 86 and 94 of 100."
)


PARAMETERS = pytest.mark.parametrize(
    ("found", "state", "today", "said"),
    [
        (None, "none", "", ""),
        (Candidates(), "none", "", ""),
        (Candidates(target=TARGET), "none", "", "The target is 95 of 100."),
        (Candidates(rows=(PROMPT, FEW_SHOT)), "none", "prompt", OF_PROMPT),
        (Candidates(rows=(PROMPT, FEW_SHOT)), "none", "", OF_PROMPT),
        (Candidates(rows=(PROMPT, FEW_SHOT)), "none", "few_shot", OF_PROMPT),
        (Candidates(rows=(FEW_SHOT,)), "none", "few_shot", OF_EXAMPLES),
        (Candidates(rows=(FEW_SHOT, OTHER)), "none", "few_shot", ""),
        (Candidates(rows=(PROMPT,)), "none", "fine_tune_own", ""),
        (Candidates(rows=(PROMPT,)), "none", "rag", OF_PROMPT),
        (
            Candidates(rows=(PROMPT, LIVE), target=TARGET),
            "live_tuned",
            "fine_tune_own",
            "The target is 95 of 100. Today, “Tuned model that is live”: 90 of 100 "
            "passed, between 83 and 94.",
        ),
    ],
)


@PARAMETERS
def test_page_one_says_both_or_neither(
    found: Candidates | None, state: str, today: str, said: str
) -> None:
    both = both_in_short(found, {"state": state}, today)

    assert bool(both) == ("target" in said and "Today" in said)
    if both:
        assert both == "Target 95 of 100, today 90 of 100."


def test_evidence_of_page_one_begins_with_the_target_and_todays_score() -> None:
    given = inputs_of(INVOICES, {"examples": "documented"})
    found = candidates(TODAY, EXAMPLES, target="0.95")
    assessment = assess_on(current(), replace(given, candidates=found), DAY)

    said = evidence_said(current(), assessment, why_rows(current(), assessment))

    assert said.startswith("Target 95 of 100, today 84 (168 of 200). ")


@PARAMETERS
def test_target_and_todays_score(
    found: Candidates | None, state: str, today: str, said: str
) -> None:
    assert target_and_today(found, {"state": state}, today) == said


def test_what_is_planned_has_no_today() -> None:
    found = Candidates(rows=(PROMPT,), target=TARGET)

    planned = target_and_today(found, {}, runs=False)

    assert planned == f"The target is 95 of 100. {OF_PROMPT.replace('Today', 'Tested')}"
    short = both_in_short(found, {}, runs=False)
    assert short == "Target 95 of 100, tested 84 (168 of 200)."
