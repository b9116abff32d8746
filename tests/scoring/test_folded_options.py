"""More options than page 1 has room for: what is ruled out shares a row."""

from dataclasses import replace
from decimal import Decimal

from audits.scoring.options.option_rows import named_alone, option_rows
from audits.scoring.options.options import Choice, folded


def choices(number: int, *out: str) -> list[Choice]:
    """Return a recommended option, others, some that are out, and doing nothing."""
    ruled = [Choice(name=x, why="Ruled out: slow", cost="1", is_out=True) for x in out]
    others = [
        Choice(name=f"Other {n}", why="Feasible", cost="2") for n in range(number)
    ]
    return [Choice(name="This", why="Yes"), *ruled, *others, Choice(name="No", why="-")]


def test_options_stay_as_they_are_where_there_is_room() -> None:
    nine = choices(5, "A", "B")

    assert folded(nine) == tuple(nine)


def test_what_is_ruled_out_shares_a_row_with_its_reasons() -> None:
    ten = choices(5, "A", "B", "C")
    ten[3] = Choice(name="C", why="Ruled out: a fault", cost="9", is_out=True)

    first, row, *others = folded(ten)

    assert (first, others) == (ten[0], ten[4:])
    said = "A, B: slow; C: a fault"
    assert replace(row, folds=()) == Choice(
        name="Ruled out", why=said, cost="See A4", is_out=True
    )
    assert row.folds == tuple(ten[1:4])


def test_one_that_is_ruled_out_keeps_its_row() -> None:
    ten = choices(7, "A")

    assert folded(ten) == tuple(ten)


def test_options_that_cost_less_give_way_after_expensive_ones() -> None:
    given = [
        Choice(name="This", why="Yes", is_chosen=True, amount=Decimal(70)),
        Choice(name="Next", why="Feasible", amount=Decimal(80)),
        Choice(name="Cheap", why="Ruled out: slow", is_out=True, amount=Decimal(20)),
        Choice(name="Dear", why="Ruled out: barred", is_out=True, amount=Decimal(160)),
        Choice(name="No", why="-", stays=True),
    ]

    rows = option_rows(given)

    assert [row.kind for row in rows] == ["", "", "6", "1", ""]


def test_options_that_give_way_are_named_as_ruled_out_only_if_they_are() -> None:
    given = [
        Choice(name="This", why="Yes", is_chosen=True),
        Choice(name="Next", why="Feasible"),
        Choice(name="Slow", why="Ruled out: slow", is_out=True),
        Choice(name="Dear", why="Feasible, but costs no less"),
        Choice(name="Barred", why="Ruled out: barred", is_out=True),
        Choice(name="No", why="-", stays=True),
    ]

    def said(options: list[Choice]) -> list[tuple[str, list[str]]]:
        return [
            (each.said, [row.options[0].name for row in each.rows])
            for each in named_alone(option_rows(options))
        ]

    assert said(given) == [
        ("Ruled out", ["Slow", "Barred"]),
        ("Also compared", ["Dear"]),
    ]
    assert said([*given[:3], *given[4:]]) == [("Ruled out", ["Slow", "Barred"])]
    assert said([*given[:2], *given[5:]]) == []


def test_reason_that_options_share_is_said_on_the_line_of_the_first() -> None:
    out = [Choice(name=x, why="Ruled out: slow", is_out=True) for x in "AB"]
    used = [Choice(name=x, why="Feasible") for x in "CDE"]

    rows = option_rows([*out, *used, Choice(name="F", why="Late")])

    assert [[line.why for line in row.lines] for row in rows] == [
        ["Ruled out: slow", "As above"],
        ["Feasible", "As above", "As above"],
        ["Late"],
    ]
    lines = [line for row in rows for line in row.lines]
    assert [line.option.name for line in lines] == [*"ABCDEF"]


def test_options_ruled_out_for_one_reason_share_a_line_and_others_do_not() -> None:
    out = [Choice(name=x, why="Ruled out: slow", is_out=True) for x in "AB"]
    used = [Choice(name=x, why="Feasible") for x in "CD"]
    alone = Choice(name="E", why="Ruled out: barred", is_out=True)

    rows = option_rows([*out, *used, alone])

    assert [row.is_shared for row in rows] == [True, False, False]


def test_long_reason_goes_below_its_only_line() -> None:
    short, long = "Ruled out: ".ljust(120, "x"), "Ruled out: ".ljust(121, "x")
    out = [Choice(name=x, why=long, is_out=True) for x in "AB"]
    others = [Choice(name=x, why=f"{long}!") for x in "CD"]
    alone = [Choice(name="E", why=short), Choice(name="F", why=long)]

    rows = option_rows([*out, *others, *alone])

    assert [row.is_long for row in rows] == [True, False, False, True]


def test_line_names_each_of_the_options_that_share_it_and_their_amounts() -> None:
    given = [
        Choice(name="This", why="Yes", is_chosen=True, amount=Decimal(70), cost="70"),
        *(Choice(name=f"Use {x}", why="Feasible") for x in "ABCDEFG"),
        Choice(
            name="Slow",
            why="Ruled out: slow",
            is_out=True,
            amount=Decimal(20),
            cost="20 (10–30)",
        ),
        Choice(name="Barred", why="Ruled out: barred", is_out=True, cost="No price"),
        Choice(name="No", why="-", stays=True),
    ]

    rows = option_rows(folded(given))

    named = [name for row in rows for line in row.lines for name in line.named]
    used = [f"Use {x}" for x in "ABCDEFG"]
    assert named == ["This (70)", *used, "Slow (20)", "Barred", "No"]


def test_line_has_the_amount_apart_from_what_is_in_brackets() -> None:
    costs = ["208 (149–466)", "At least 131,830", "No price", ""]

    [row] = option_rows([Choice(name=cost, why="Yes", cost=cost) for cost in costs])

    assert [(line.amount, line.span) for line in row.lines] == [
        ("208", "(149–466)"),
        ("At least 131,830", ""),
        ("No price", ""),
        ("", ""),
    ]
