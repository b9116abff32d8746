"""More options than page 1 has room for: some only keep their names."""

from dataclasses import replace
from decimal import Decimal

from audits.reports.one_page.parts import OptionsTable
from audits.scoring.options.option_rows import in_table, named_alone, option_rows
from audits.scoring.options.options import Choice


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


def test_each_option_has_a_line_of_its_own_with_its_reason_in_few_words() -> None:
    out = [Choice(name=x, why="Ruled out: it was slow", is_out=True) for x in "AB"]
    long = "Costs less, but was tested and is not shown to do as well"
    nothing = Choice(name="Do nothing: Prompt", why="The current plan goes on")

    adds = "Untested; the move adds tests and the old model until it retires: $16,064"
    alone = Choice(name="Few-shot, move not counted", why=adds)
    given = [*out, Choice(name="C", why=long), alone, nothing]

    rows = option_rows(in_table(given))

    assert [(line.name, line.why) for row in rows for line in row.lines] == [
        ("A", "It was slow"),
        ("B", "It was slow"),
        ("C", "Not shown to do as well, no move"),
        ("Few-shot, without move", "The move adds 16,064"),
        ("Do nothing", "The current plan goes on"),
    ]


def test_table_has_few_options_and_the_cheaper_ones_before_others() -> None:
    def choice(name: str, amount: int, *, is_out: bool = False) -> Choice:
        return Choice(name=name, why="-", amount=Decimal(amount), is_out=is_out)

    first = replace(choice("This", 50), is_chosen=True)
    last = replace(choice("No", 90), stays=True)
    out = [choice("Out", 10, is_out=True), choice("Dear out", 95, is_out=True)]
    able = [choice(f"Use {x}", 40 + 20 * x) for x in range(4)]

    shown = in_table([first, *out, *able, last])

    assert [each.name for each in shown] == ["This", *(x.name for x in able), "No"]
    assert in_table([first, last]) == (first, last)
    others = named_alone(option_rows(shown), out)
    assert [(each.said, each.numbers) for each in others] == [("Ruled out", "")]


def test_cheaper_option_that_only_keeps_its_name_keeps_its_reason() -> None:
    no_room = "Ruled out: the documents do not fit in the prompt"

    def out(name: str, amount: int, why: str) -> Choice:
        return Choice(name=name, why=why, amount=Decimal(amount), is_out=True)

    first = Choice(name="This", why="Yes", is_chosen=True, amount=Decimal(70))
    left_out = [
        out("Small", 20, no_room),
        out("Prompt", 35, no_room),
        out("Dear", 90, "Ruled out: it was slow"),
    ]

    [alone] = named_alone(option_rows([first]), left_out)

    assert [([x.name for x in row.options], row.why_cheaper) for row in alone.rows] == [
        (["Small", "Prompt"], "documents do not fit in the prompt"),
        (["Dear"], ""),
    ]


def test_line_names_an_option_that_is_not_in_the_table_with_its_amount() -> None:
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

    rows = option_rows(given)

    named = [line.named for row in rows for line in row.lines]
    used = [f"Use {x}" for x in "ABCDEFG"]
    assert named == ["This (70)", *used, "Slow (20)", "Barred", "No"]


def test_line_has_the_amount_apart_from_what_is_in_brackets() -> None:
    costs = ["208 (149–466)", "At least 131,830", "No price", ""]

    [row] = option_rows([Choice(name=cost, why="Yes", cost=cost) for cost in costs])

    assert [(line.amount, line.span) for line in row.lines] == [
        ("208", "149–466"),
        ("At least 131,830", "At least 131,830"),
        ("No price", "No price"),
        ("", ""),
    ]


def test_what_one_reason_rules_out_is_in_the_table_together_or_not_at_all() -> None:
    fit = "Ruled out: the documents do not fit in the prompt"
    given = [
        Choice(name="Retrieval", why="Recommended", is_chosen=True, amount=Decimal(25)),
        *(Choice(name=x, why="No reason to train") for x in ("Tuned", "Distilled")),
        *(
            Choice(name=x, why=fit, is_out=True, amount=Decimal(13))
            for x in ("Smaller", "Prompt", "Few-shot")
        ),
        Choice(name="Do nothing", why="-", stays=True),
    ]

    # There is room for two of the three, which would look as if they could be chosen.
    assert [x.name for x in in_table(given)] == [
        "Retrieval",
        "Tuned",
        "Distilled",
        "Do nothing",
    ]
    assert len(in_table([*given[:5], given[-1]])) == 6


def test_option_is_set_against_12_months_that_run_and_never_against_a_set_up() -> None:
    no_less = "Feasible, but costs no less"
    used = Choice(name="Prompt", why="Used meanwhile", cost="14,404 (7–26)", stays=True)
    other = Choice(name="Few-shot", why=no_less, cost="14,950 (8–27)")
    by_search = Choice(name="Retrieval", why=no_less, cost="31,352 (19–64)")

    def said(why: str, *others: Choice) -> list[str]:
        first = Choice(name="Gather", why=why, cost="7,100 (3–14)", is_chosen=True)
        rows = option_rows([first, *others])
        return [line.why for row in rows for line in row.lines][-2:]

    runs = "Recommended; training stops"
    assert said(runs, other, by_search) == ["Costs 7,850 more", "Costs 24,252 more"]
    measures = "Recommended; to measure, with 12 months of “Prompt”"
    assert said(measures, used, other, by_search) == [
        "Costs 546 more than “Prompt”",
        "Costs 16,948 more than “Prompt”",
    ]
    assert said("Recommended; only to measure", other) == [
        "Recommended; only to measure",
        no_less,
    ]


def test_reason_that_ends_a_sentence_has_one_full_stop_in_the_appendix() -> None:
    why = "Costs less, but ten or more reviewed examples in the prompt can teach it."
    other = Choice(name="Prompt", why=why, amount=Decimal(9036), cost="$9,036")

    [(names, said)] = OptionsTable(options=(other,)).reasons_in_full

    assert names == "Prompt"
    assert f"{said}." == why  # which the row ends
