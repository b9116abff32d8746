"""More options than the file of page 1 states: what is ruled out shares a row."""

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
    assert row == Choice(name="Ruled out", why=said, cost="See A4", is_out=True)


def test_one_that_is_ruled_out_keeps_its_row() -> None:
    ten = choices(7, "A")

    assert folded(ten) == tuple(ten)
