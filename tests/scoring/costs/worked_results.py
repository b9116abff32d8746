"""The use case of docs/worked_costs.md that has the price of its results."""

from dataclasses import replace
from decimal import Decimal

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs, codes_of
from audits.scoring.money.of_assessment import money_of
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from tests.scoring.costs.worked_decisions import (
    DAY,
    GIVEN,
    Numbers,
    of_today,
    price,
)
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS


def v33() -> Numbers:
    missed = ScoredCandidate(
        id="c1", kind="prompt", cases=150, passed=100, sha256="e" * 64
    )
    kept = replace(missed, id="c2", kind="stronger", passed=143, cost=Decimal("0.012"))
    numbers = {**GIVEN, "today": "prompt"}
    given = Inputs(
        codes=codes_of(ANSWERS["prompt_long_context"]),
        levels=LEVELS,
        numbers={key: x for key, x in numbers.items() if x is not None},
        candidates=Candidates(rows=(missed, kept), target=Decimal("0.9")),
    )
    paper = assess_on(current(), given, DAY)
    found = money_of(paper)
    assert found is not None
    assert found.saving_year is not None
    return {
        "today_month": of_today(found).month.expected,
        "today_year": of_today(found).year.expected,
        "tested_call": price(paper, "prompt_tested").line.per_request,
        "tested_month": found.chosen.month.expected,
        "tested_year": found.chosen.year.expected,
        "more": Decimal(-1) * found.saving_year,
    }
