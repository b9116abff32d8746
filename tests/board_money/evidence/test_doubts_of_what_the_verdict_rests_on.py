"""Page 1 names the run that a verdict rests on, and what speaks against that run."""

from dataclasses import replace

from audits.frameworks.loading.loader import current
from audits.models import Cover
from audits.reports.page_one import PageOne, page_one
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.candidates import (
    ReplacedResult,
    SameOutcomes,
    ScoredCandidate,
)
from audits.scoring.summary.why import why_lines
from audits.scoring.told.results_counted import NOTHING_BESIDE, Beside
from audits.scoring.told.strongest_model import Doubt
from tests.scoring import test_approval_checks as checks
from tests.scoring.test_approval_checks import WEAK

PROMPT = replace(WEAK, id="c0", kind="prompt", model="mini", passed=90, run=1)
EXAMPLES = replace(PROMPT, id="c2", kind="examples", passed=115, model="shots", run=2)
NO_BETTER = (
    "“weak” scores no better than “mini”: 80 and 90 of the same 150 cases passed"
)
OTHER = "“big” was run on other cases than “mini”"


def assessed(*rows: ScoredCandidate) -> Assessment:
    return checks.assessed(*rows, tried=["instructions", "examples"])


def shown(found: Assessment, beside: Beside = NOTHING_BESIDE) -> PageOne:
    return page_one(current(), found, Cover(), "Triage", beside=beside)


def scores(page: PageOne) -> str:
    return "; ".join(row.score for row in page.why if row.score)


def test_reason_has_the_count_of_the_run_that_it_rests_on() -> None:
    found = assessed(PROMPT, EXAMPLES, replace(WEAK, passed=80))

    said = scores(shown(found))

    assert said.startswith("“weak (Stronger model)” 80 of 150 passed, between ")
    assert "115" not in said
    [basis] = {x.basis for x in why_lines(current(), found) if "of 150" in x.basis}
    assert "“weak (Stronger model)” passed 80 of 150 cases" in basis


def test_reason_says_what_its_run_replaced() -> None:
    was = ReplacedResult(kind="stronger", cases=150, passed=85, sha256="2" * 64)

    page = shown(assessed(PROMPT, EXAMPLES, replace(WEAK, replaced=(was,))))

    assert "before: 85 of 150 (A6)" in scores(page)


def test_evidence_says_what_speaks_against_that_run_and_no_other() -> None:
    doubts = (
        Doubt(candidate=WEAK.id, says="", in_short=NO_BETTER),
        Doubt(candidate="c9", says="", in_short=OTHER),
    )
    found = assessed(PROMPT, EXAMPLES, replace(WEAK, passed=80))

    said = shown(found, Beside(doubts=doubts)).unknown

    assert NO_BETTER in said
    assert OTHER not in said
    assert "The verdict rests on" not in said  # the reason names it


def test_copies_of_that_run_are_said_before_others() -> None:
    same = SameOutcomes(of=PROMPT.id, cases=150, differ=2)
    copies = [replace(EXAMPLES, same=same), replace(WEAK, passed=80, same=same)]

    said = shown(assessed(PROMPT, *copies)).unknown

    both = "“mini (Written prompt)” and “weak (Stronger model)”"
    assert f"{both} passed and failed the same 148 of 150 cases" in said
    assert "“shots (" not in said
    assert "1 more like it" in said


def test_verdict_that_rests_on_no_strongest_model_says_nothing_of_doubts() -> None:
    doubts = (Doubt(candidate=WEAK.id, says="", in_short=NO_BETTER),)
    few = replace(WEAK, cases=20, passed=10)

    page = shown(assessed(PROMPT, few), Beside(doubts=doubts))

    assert NO_BETTER not in page.unknown
    assert "“weak" not in scores(page)
