"""Page 1 names the assumed number that alone turns the cheaper plan."""

import pytest

from tests.board_money.printed_papers import page_one_of, paper_of
from tests.casting import Cast
from tests.scoring.twelve_verdicts import ANSWERS

PLAN = {"today": "fine_tune_hosted", "tuned": "gpt-4o-mini", "smaller": "gpt-6-luna"}


@pytest.mark.usefixtures("db")
def test_page_one_names_it_under_what_changes_it(cast: Cast) -> None:
    numbers = {**PLAN, "cache_hit": None, "requests": "200000"}

    page = page_one_of(
        paper_of(cast, ANSWERS["prompt_long_context"], "training", **numbers)
    )

    assert (
        "If less than about 54% of the repeated text is read from the provider’s cache "
        "(assumed: 90%), the advice costs more than the current plan: $1,223 more at "
        "50%. This assumes that training is not paid yet."
    ) in page.partition("What changes it")[2]
