"""A small swing around a large difference is printed without cents, as all are."""

from dataclasses import replace

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.costs.rounding import as_printed
from audits.scoring.money.of_assessment import recommended_way, ruled_out
from tests.scoring.cards.test_cheaper_ways import EXAMPLES, INVOICES, TODAY
from tests.scoring.costs.worked_decisions import GIVEN, assessed
from tests.scoring.scored.test_candidates import candidates
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.what_if.test_changes import DAY, inputs_of


@pytest.mark.parametrize("requests", ["700", "9000", "40000"])
def test_every_end_is_rounded_as_an_amount_is(requests: str) -> None:
    found = assessed(ANSWERS["rag"], today="prompt", requests=requests)

    assert found.costs is not None
    ends = [end for each in found.costs.printed_swings for end in each.ends]
    assert ends
    assert ends == [as_printed(end) for end in ends]
    # The moves alone are small enough for cents.
    assert any(0 < abs(each.at_low) < 10 for each in found.costs.swings)


@pytest.mark.parametrize("today", ["prompt", "few_shot"])
@pytest.mark.parametrize("verdict", [*ANSWERS, "small_part"])
def test_what_is_recommended_is_compared_with_the_plan_or_what_can_be_chosen(
    verdict: str, today: str
) -> None:
    if verdict == "small_part":
        given = inputs_of(INVOICES, {"examples": "documented"}, **GIVEN, today=today)
        tested = candidates(TODAY, EXAMPLES, target="0.95")
        found = assess_on(current(), replace(given, candidates=tested), DAY)
    else:
        found = assessed(ANSWERS[verdict], today=today, requests="9000")

    assert found.costs
    way = recommended_way(found, found.costs.plan)
    [first, *_] = found.costs.swings
    out, priced = ruled_out(found), {x.technique for x in found.costs.plan.techniques}
    assert way in (None, first.technique)
    if way is not None and first.against != today:
        assert first.against not in out or priced <= {way, *out}


def test_numbers_that_turn_what_is_cheaper_are_apart_from_the_rest() -> None:
    found = assessed(ANSWERS["rag"], today="prompt", requests="40000").costs

    assert found is not None
    assert {*found.turning_swings, *found.steady_swings} == {*found.printed_swings}
    assert all(each.turns for each in found.turning_swings)
    assert not any(each.turns for each in found.steady_swings)
