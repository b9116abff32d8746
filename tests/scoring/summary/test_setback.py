"""A verdict that rests on a result says which later result would undo it."""

from dataclasses import replace

from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.deciding.flips import Flip
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.summary.actions import (
    actions,
    changes_told,
    possible_changes,
    setback,
)
from tests.scoring.cards.test_cheaper_ways import EXAMPLES, INVOICES, TODAY
from tests.scoring.scored.test_candidates import candidates, scored
from tests.scoring.what_if.test_changes import DAY, inputs_of

MET = scored("examples", 190, 200, id="c2")


def invoices(*rows: ScoredCandidate) -> Assessment:
    given = inputs_of(INVOICES | {"passed": "examples"}, {"examples": "documented"})
    found = candidates(*rows, target="0.95")
    return assess_on(current(), replace(given, candidates=found), DAY)


def setback_of(*rows: ScoredCandidate) -> tuple[Flip | None, tuple[Flip, ...]]:
    assessment = invoices(*rows)
    return setback(current(), assessment), actions(current(), assessment)


def test_target_that_is_missed_again_would_undo_what_is_kept() -> None:
    found, others = setback_of(TODAY, MET)

    assert others == ()
    assert found
    [change] = found.changes
    assert (change.label, change.now, change.then) == (
        "Gap to the target",
        "No gap",
        "Small",
    )
    assert found.verdict == "train_small_part"


def test_gap_that_training_would_close_has_no_setback_that_matters() -> None:
    found, others = setback_of(TODAY, EXAMPLES)

    assert found is None
    assert others


def test_pages_tell_a_setback_before_what_happens_by_itself() -> None:
    assessment = invoices(TODAY, MET)

    told = changes_told(current(), assessment)

    assert told == (setback(current(), assessment),)
    assert possible_changes(current(), assessment)[:1] == told
