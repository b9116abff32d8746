"""A tick that no result shows is no proof, and every page says the same of it."""

from datetime import date
from decimal import Decimal

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.explaining.advice_rows import conditions
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.ladder.ladder import ladder
from audits.scoring.scored.by_hand import TRIED
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.summary.found.tried_by_hand import shown_levels
from audits.scoring.told.results_told import results_told
from audits.wizard.submitting.vouched import vouched_answers
from tests.scoring.mail import FRAMEWORK, mail, mail_inputs
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

ROWS = (
    ScoredCandidate(id="c1", kind="prompt", cases=200, passed=130, sha256="1" * 64),
    ScoredCandidate(
        id="c2", kind="tuned", model="tuned", cases=200, passed=190, sha256="1" * 64
    ),
)
# The check of the rules and the test that closes it are one: the test, with its work.
STRONGEST = (
    "The team has tested a stronger model (8 h; could lead to “prompt "
    "(improved after its failed test)”)"
)
BY_RULE = "The strongest model that you may use is tested beside the trial model"


def given(level: EvidenceLevel, *ticks: str) -> Inputs:
    return Inputs(
        codes=read(current(), TRAINING_CASE | {"tried": list(ticks)}),
        levels={**TRAINING_LEVELS, "tried": level},
        candidates=Candidates(rows=ROWS, target=Decimal("0.9")),
    )


def decided(level: EvidenceLevel, *ticks: str) -> Assessment:
    return assess_on(current(), given(level, *ticks), date(2026, 11, 28))


def words(found: Assessment) -> str:
    return " ".join(reason.because for reason in found.trace.reasons)


@pytest.mark.parametrize(
    ("level", "is_shown"), [("asserted", False), ("documented", True)]
)
def test_tick_closes_a_condition_only_with_proof(
    level: EvidenceLevel, *, is_shown: bool
) -> None:
    without = decided(level, "instructions", "examples")
    found = decided(level, "instructions", "examples", "stronger_model")

    assert STRONGEST in conditions(without)
    assert BY_RULE not in conditions(without)
    # Somebody ticked that it was tested, so what stays open is that nothing shows it.
    left = {STRONGEST, BY_RULE}.intersection(conditions(found))
    assert left == (set() if is_shown else {BY_RULE})
    assert found.verdict == without.verdict
    by_team = "even the strongest allowed model, according to the team, falls short"
    assert (by_team in words(found)) is not is_shown


def test_every_page_has_the_level_of_the_weakest_part() -> None:
    found = decided("asserted", "examples", "stronger_model")

    assert found.levels[TRIED] == "measured"
    assert shown_levels(found)[TRIED] == "asserted"
    vouched = [(each.words, each.level) for each in vouched_answers(current(), found)]
    assert ("Written instructions", "measured") in vouched
    assert "strongest" not in " ".join(words for words, _ in vouched)
    read_as = {r.answer for step in found.trace.reasons for r in step.read}
    assert (
        "Written instructions (measured); Worked examples, The strongest model "
        "(asserted only)"
    ) in read_as


def test_remedies_and_readers_are_told_of_the_tick() -> None:
    found, inputs = decided("asserted", "stronger_model"), given("asserted", *TICKED)

    rows = ladder(current(), found, inputs)

    assert rows
    [row] = [each for each in rows.rows if each.id == "stronger_model"]
    assert row.said == "The team says that it missed the target: no result"
    assert (
        "“Simpler approaches tested”: no result shows “The strongest model”, so it "
        "counts as asserted."
    ) in results_told(current(), found, {})
    documented = results_told(current(), decided("documented", *TICKED), {})
    assert "no result shows" not in " ".join(documented)


TICKED = ("stronger_model",)


def test_typed_result_that_does_not_count_says_what_it_lacks() -> None:
    found, inputs = mail(), mail_inputs()

    drawn = ladder(FRAMEWORK, found, inputs)

    assert drawn
    [row] = [each for each in drawn.rows if each.id == "rules"]
    lacks = "add a day, who ran it and a link"
    assert row.said == f"Tested, but the typed result does not count yet: {lacks}"
    told = results_told(FRAMEWORK, found, {})
    assert (
        f"“Simpler approaches tested”: the typed result of Rules does not count yet: "
        f"{lacks}."
    ) in told
    assert "without a result" not in " ".join(told)
