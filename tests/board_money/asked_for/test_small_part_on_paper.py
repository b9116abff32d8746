"""The appendix gives a small part no price, whatever is entered."""

from django.template.loader import render_to_string

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.money.of_assessment import money_of
from audits.scoring.told.without_price import missing_numbers, without_price
from tests.scoring.cards.test_cheaper_ways import INVOICES
from tests.scoring.costs.worked_decisions import GIVEN
from tests.scoring.what_if.test_changes import DAY, inputs_of


def test_small_part_has_no_price_before_and_after_the_last_number_is_entered() -> None:
    part = "The small part is not priced here (its labels, training and running)."
    numbers = {k: v for k, v in GIVEN.items() if k != "prefix_tokens"}
    before, after = (
        assess_on(current(), inputs_of(INVOICES, {"examples": "documented"}, **x), DAY)
        for x in (numbers, GIVEN)
    )
    money = money_of(after)

    assert money_of(before) is None
    assert without_price(before) == (
        f"{part} What serves until it is trained has no price yet."
    )
    assert [field for field, _ in missing_numbers(before)] == ["prefix_tokens"]
    assert money
    assert money.unpriced == part
    page = render_to_string(
        "results/money/rows.html", {"money": money, "assessment": after}
    )
    assert part in page
