"""Which candidates a team scores next, and on how many cases."""

from collections.abc import Sequence

from audits.scoring.cards.card import Card
from audits.scoring.cards.cards import candidates_of
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.answers import answered
from audits.scoring.scored.candidates import Candidates
from audits.scoring.scored.kinds import KIND_NAMES
from audits.scoring.scored.words import name_of

_CASES = 50

type Rows = tuple[str, int]  # a candidate, and how many cases it is tested on


def rows_to_fill_in(
    assessment: Assessment, cards: Sequence[Card], found: Candidates
) -> tuple[Rows, ...]:
    """Return what the steps test, each candidate once, with its number of cases.

    Once no step tests any, it is the candidate that passed, to be checked in live use;
    a written prompt where none did.

    Args:
        assessment: What was decided.
        cards: The steps to take.
        found: The candidates of the use case.
    """
    tests: dict[str, int] = {}
    for card in cards:
        for each in candidates_of(card, found):
            tests[each.name] = max(card.cases, tests.get(each.name, 0))
    return tuple(tests.items()) or (_passed(assessment, found),)


def _passed(assessment: Assessment, found: Candidates) -> Rows:
    rows = answered(found, assessment.codes, {}).behind.get("passed", ())
    best = max(rows, key=lambda row: (row.score or 0.0, row.cases), default=None)
    if best is None:
        return KIND_NAMES["prompt"], _CASES
    return name_of(best), best.cases
