"""Results that open the same questions lead to the same, whatever follows of them."""

from audits.scoring.cards.outcomes import AS_NOW, Led, NextStep, led_to

FIRST: Led = ("rag", ("Facts",), NextStep("search"))


def test_result_leads_where_one_led_that_opens_the_same_questions() -> None:
    assert led_to([FIRST], "distil", ("Facts",)) == FIRST
    assert led_to([FIRST], "distil", ("Speed",)) == ("distil", ("Speed",), AS_NOW)
    assert led_to([("rag", (), AS_NOW)], "distil", ()) == ("distil", (), AS_NOW)
