"""What 12 months cost now and before is one sentence."""

from audits.scoring.costs.rounding import written
from audits.scoring.money.since import cost_since
from tests.scoring.money.test_money import KNOWLEDGE, SPEED, money


def test_same_technique_says_both_amounts() -> None:
    was, now = money(KNOWLEDGE), money(KNOWLEDGE, requests="900000")
    old, new = (written(each.chosen.year.expected) for each in (was, now))

    assert old != new
    assert cost_since(was, now) == (
        f"12 months of “Retrieval” cost ${new} instead of ${old}."
    )


def test_another_technique_is_named_with_its_amount() -> None:
    was, now = money(SPEED), money(KNOWLEDGE)
    old, new = (written(each.chosen.year.expected) for each in (was, now))

    assert cost_since(was, now) == (
        f"12 months of “Retrieval” cost ${new}, instead of ${old} for “Tuned, rented”."
    )


def test_what_is_equal_or_not_known_says_nothing() -> None:
    was = money(KNOWLEDGE)

    assert cost_since(was, was) == ""
    assert cost_since(None, was) == ""
    assert cost_since(was, None) == ""
