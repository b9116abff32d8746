"""What page 1 says is open, and how strong the evidence is."""

from collections.abc import Sequence

from audits.frameworks.schema import Framework
from audits.scoring import Assessment
from audits.scoring.costs.cost_numbers import SHORT_NAMES, TRAINED
from audits.scoring.explaining.advice_rows import in_a_row, lower_first
from audits.scoring.money.states import PlanState
from audits.scoring.moving.smaller import kind_of_move
from audits.scoring.options.option_reasons import untested
from audits.scoring.results_behind.moved_target import in_short
from audits.scoring.results_behind.wrong_files import wrong_files
from audits.scoring.scored.candidates import Candidates
from audits.scoring.summary.decisive import decisive_measurement
from audits.scoring.summary.found.found import Found
from audits.scoring.summary.sureness import UNPROVEN, UNPROVEN_TOO, sureness
from audits.scoring.told.results_counted import (
    NOTHING_BESIDE,
    Beside,
    results_counted,
)
from audits.scoring.told.targets import both_in_short

_NO_FILE = "; no results file"
_ENOUGH = 30
_FEWEST = f"{_ENOUGH} or more test cases"  # as the words of a framework have it
UNKNOWNS = 3  # questions that are named
_UNSHOWN = ("none", "said")  # strengths of evidence that show nothing


def evidence_said(
    framework: Framework,
    assessment: Assessment,
    why: Sequence[Found] = (),
    beside: Beside = NOTHING_BESIDE,
    state: PlanState = "running",
) -> str:
    """Say what is open, and how strong the evidence is where that is told.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        why: What page 1 found, of which a score may name the candidate's other results.
        beside: What else page 1 counts of the results.
        state: The state of the current plan's money.
    """
    if assessment.advice is None:
        return _not_known(assessment)
    # A measurement with its cases says more than how many there are.
    shown = assessment.advice.strength.id not in _UNSHOWN
    measured = decisive_measurement(assessment) if shown else ""
    is_scored = any(row.score for row in why)
    strength_says = "" if is_scored else measured
    parts = [f"{strength_says or _of_tests(assessment)}."]
    today = str(assessment.numbers.get("today", ""))
    found, runs = assessment.candidates, state == "running"
    first = kind_of_move(assessment, state)
    if both := both_in_short(found, assessment.codes, today, runs=runs, first=first):
        parts.insert(0, both)
    # A model that is yet to be trained serves only once it has passed.
    if (way := untested(assessment)) and way not in TRAINED:
        parts.append(f"“{SHORT_NAMES[way]}” is untested.")
    wrong = wrong_files(framework, assessment)
    gone = wrong.in_short if wrong else ""
    sure = sureness(framework, assessment)
    # Where no result is behind the test set, the strength says so of them all.
    has_results = bool(assessment.from_candidates)
    asserted = sure.says_unshown if has_results else sure.says_asserted
    is_one_named = any("(A6)" in row.score for row in why)
    scores = [row.score for row in why]
    others = results_counted(
        framework, assessment, beside, is_one_named=is_one_named, scores=scores
    )
    rest = asserted, gone, in_short(framework, assessment), others
    strength = " ".join(filter(None, (*parts, beside.between, *rest)))
    labels = [question.label for question in assessment.open_questions]
    # That some answers are only asserted is counted just before.
    is_said = bool(asserted and (sure.unproven or has_results))
    said = sure.says_open
    if is_said:
        said = said.replace(UNPROVEN, "").replace(UNPROVEN_TOO, "")
    if labels:
        more = len(labels) - UNKNOWNS
        named = lower_first(in_a_row(labels[:UNKNOWNS]))
        said += f": {named}" + (f" and {more} more (A6)" if more > 0 else "")
    return f"{said}. {strength}" if assessment.prerequisite else f"{strength} {said}."


def _of_tests(assessment: Assessment) -> str:
    """Return how strong the evidence is, and that no score was entered if none was."""
    says = assessment.advice.strength.says if assessment.advice else ""
    found = assessment.candidates
    if found and says.startswith(_FEWEST):
        says = says.replace(_FEWEST, _most(assessment, found), 1)
    if found and any(row.with_score for row in found.rows):
        return says
    target = (
        f"; target {float(found.target) * 100:g} of 100"
        if found and found.target
        else ""
    )
    return f"{says.removesuffix(_NO_FILE)}; no score entered{target}"


def _most(assessment: Assessment, found: Candidates) -> str:
    """Return the cases of the largest result that counts, where it has enough."""
    counted = (x for x in found.rows if not found.why_not(x, assessment.codes))
    most = max((x.with_score for x in counted), default=0)
    return f"{most:,} test cases" if most >= _ENOUGH else _FEWEST


def _not_known(assessment: Assessment) -> str:
    if not assessment.unknowns:
        return "Nothing: every question is answered."
    labels = [unknown.label for unknown in assessment.unknowns[:UNKNOWNS]]
    more = len(assessment.unknowns) - len(labels)
    said = in_a_row(labels)
    return f"{said} and {more} more (A6)." if more else f"{said}."
