"""A result that asks for nothing says that the team's own hours are not in it."""

from django.test import Client

from tests.board_money.asked_for.test_price_by_results import NUMBERS
from tests.casting import Cast
from tests.results.experiment_pages import page_of
from tests.results.test_first import answered, save_numbers
from tests.scoring.twelve_verdicts import ANSWERS
from tests.signed_in import sign_in

OWN = "Not in it: your team’s hours for the open steps"


def test_hours_are_told_where_nothing_is_asked_beyond_the_plan(
    cast: Cast, client: Client
) -> None:
    sign_in(client, cast.ours.contributor)
    audit = answered(cast, ANSWERS["prompt_long_context"])
    save_numbers(cast, **NUMBERS)
    kept = page_of(client, "result", audit)
    save_numbers(cast, today="few_shot")
    changed = page_of(client, "result", audit)

    assert ("nothing beyond the current plan" in kept, OWN in kept) == (True, True)
    assert "nothing beyond the current plan" not in changed
    assert OWN not in changed
