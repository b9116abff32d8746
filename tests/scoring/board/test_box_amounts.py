"""The decision has one amount; the range, what it replaces and the net follow."""

import pytest

from audits.scoring.board.box_amounts import with_amount
from audits.scoring.board.box_words import (
    asked_in_box,
    note_in_brief,
    nothing_in_box,
    rest_of_note,
)

LESS = "The advice costs $3.50 less than the current plan"
PAID = (
    f"{LESS} if the $5 for training is not paid yet, or $1.50 more if it has been "
    "paid, which is not known; “Prompt on Luna” ($2) costs less, paid or "
    "not. It is new."
)
ASKS = (
    "This asks for $9 ($5 to $30) over 12 months for “Retrieval”, instead of $12.50 of"
)


@pytest.mark.parametrize(
    ("lead", "paid", "note", "found"),
    [
        (
            "Agree to spend nothing more on training, and to use retrieval.",
            f"{ASKS} planned spending.",
            f"{LESS}.",
            (
                "Approve up to $9 over 12 months to use retrieval, and spend nothing "
                "more on training.",
                "This is the expected cost (range $5 to $30): $3.50 less than the "
                "$12.50 planned.",
                True,
            ),
        ),
        (
            "Agree to use it, and to spend nothing on training.",
            f"{ASKS} planned spending.",
            PAID,
            (
                "Approve up to $9 over 12 months to use it, and spend nothing on "
                "training.",
                "This is the expected cost (range $5 to $30): $3.50 less than the "
                "$12.50 planned, or $1.50 more if the $5 for training is paid.",
                True,
            ),
        ),
        (
            "Agree to 28 hours of measurements, then decide.",
            "This asks for about $7 ($3 to $15), to measure and to set up “Prompt” "
            "meanwhile.",
            "",
            (
                "Approve up to $7 for 28 hours of measurements and to set up “Prompt” "
                "meanwhile, then decide.",
                "This is the expected cost (range $3 to $15).",
                False,
            ),
        ),
        (
            "Agree to 28 hours of measurements, then decide.",
            "This asks for about $7 ($3 to $14), to measure and to set up “X” first.",
            "The $7 is $3 to measure.",
            (
                "Approve up to $7 for 28 hours of measurements, then decide.",
                "This is the expected cost (range $3 to $14) to measure and to set up "
                "“X” first.",
                False,
            ),
        ),
        (
            "Fund an owner.",
            "This asks for $6 over 12 months.",
            "",
            ("Approve up to $6 over 12 months to fund an owner.", "", False),
        ),
        # What is asked for now, once something is done, or beyond a plan is not all.
        ("Agree to use it.", "This asks for $4.50 now.", "", ("", "", False)),
        ("Agree to use it.", "Once it passes: this asks for $4.", "", ("", "", False)),
        (
            "Agree to keep it.",
            "This asks for $4 more over 12 months than the current plan: $9.",
            "",
            ("", "", False),
        ),
    ],
)
def test_decision_has_all_that_is_asked_for_and_nothing_else(
    lead: str, paid: str, note: str, found: tuple[str, str, bool]
) -> None:
    assert with_amount(lead, paid, note) == found


def test_decision_names_the_days_of_the_12_months_that_it_pays_for() -> None:
    days = " for the 12 months from 1 March 2027"
    asked = asked_in_box(f"Agree to use it. {ASKS} planned spending.", term=days)

    assert asked.lead == f"Approve up to $9{days} to use it."
    # What is paid once is no 12 months.
    once = asked_in_box("Agree to 8 hours. This asks for $7 to measure.", term=days)
    assert once.lead == "Approve up to $7 for 8 hours."


def test_box_leaves_the_range_to_the_table_of_money_and_days_that_it_has() -> None:
    said = f"Agree to use it. {ASKS} planned spending."
    asked = asked_in_box(said, f"{LESS}.", has_table=True)
    later = asked_in_box(said, f"{LESS}.", term=" for days", has_table=True)

    assert asked.lead == "Approve up to $9 over 12 months to use it."
    assert later == asked._replace(lead="Approve up to $9 for days to use it.")
    assert asked.amount == "This is $3.50 less than the $12.50 planned."


def test_net_is_said_once_and_nothing_of_the_note_is_lost() -> None:
    asked = asked_in_box(f"Agree to use it. {ASKS} planned spending.", PAID)

    assert asked.has_net
    rest = note_in_brief(PAID, has_net=True)
    assert rest == "“Prompt on Luna” ($2) costs less, paid or not. It is new."
    assert "The advice costs" not in rest
    # The box has the net, and the note all of the rest.
    assert rest_of_note(PAID, has_net=True) == ""
    # Where the net is beside nothing that ends, it stays below the amounts.
    assert not asked_in_box("Agree. This asks for $9.", PAID).has_net
    assert note_in_brief(f"{LESS}. The calls earn or save $2, as entered. More.") == (
        f"{LESS}. The calls earn or save $2, as entered."
    )


LATER = "After the 12 months, “Prompt” costs $8 a month, the plan $5: it is used up."


def test_box_says_from_when_doing_nothing_costs_less_a_month() -> None:
    left = "A week of both models adds about $3: the sum counts one at a time."
    note = f"{LESS}. {LATER} {left}"
    asked = asked_in_box(f"Agree to use it. {ASKS} planned spending.", note)

    assert asked.amount.endswith(" less than the $12.50 planned.")
    assert asked.made_up == LATER
    assert note_in_brief(note, has_net=asked.has_net) == left
    assert rest_of_note(note, has_net=asked.has_net) == ""
    # Where the net is not in the box, both stay below the amounts.
    assert note_in_brief(note) == f"{LESS}. {LATER}"


def test_doing_nothing_says_when_a_model_ends_and_what_follows() -> None:
    then = "goes ahead until its model retires on 14 January 2027, then"

    assert (
        nothing_in_box(
            f"“Tuned hosted model” {then} a prompt on the replacement model takes "
            "over: $42 over 12 months."
        )
        == "“Tuned hosted model” runs to 14 January 2027, then a prompt: $42."
    )
    # What does not run yet is not said to run.
    would = "“Tuned hosted model” would run from 13 December 2026"
    assert (
        nothing_in_box(
            f"{would} until its model retires on 14 January 2027, then a prompt on the "
            "replacement model takes over: $42 over 12 months."
        )
        == f"{would} to 14 January 2027, then a prompt: $42."
    )
    assert (
        nothing_in_box(
            "The tuned model stops when GPT-4o mini retires on 14 January 2027. Then a "
            "prompt on the replacement model takes over. It is not shown to do as "
            "well, and costs $5 a month. The 12 months cost $70."
        )
        == "From 14 January 2027 a prompt runs, not shown to do as well: $70."
    )
