"""The verdicts of many use cases over the years, counted and told."""

from datetime import date

from audits.scoring.history.causes import Cause
from audits.scoring.history.portfolio_history import (
    MOST_LISTED,
    PortfolioHistory,
    from_json,
)
from audits.scoring.history.time_machine import Flip, History

FIRST, LAST = date(2022, 1, 1), date(2026, 11, 24)
EARLY, LATE = date(2023, 3, 14), date(2024, 8, 6)
WINDOW = Cause(
    fact="largest_window",
    name="Largest window",
    said="32,768 tokens",
    day=EARLY,
    confidence="confirmed",
    sources=(),
)


def flip(day: date, before: str, after: str, *causes: Cause) -> Flip:
    return Flip(day=day, before=before, after=after, causes=causes, together=False)  # type: ignore[arg-type]


def told() -> PortfolioHistory:
    """Two use cases that are retrieval in the end, and one that never changes."""
    history = PortfolioHistory(FIRST, LAST)
    to_rag = flip(LATE, "few_shot", "rag", WINDOW)
    history.add("a", History(first="few_shot", flips=(to_rag,)))
    both = (flip(EARLY, "prompt_long_context", "few_shot"), to_rag)
    history.add("b", History(first="prompt_long_context", flips=both))
    history.add("c", History(first="fine_tune", flips=()))
    return history


def test_every_verdict_is_counted_on_the_day_it_changed() -> None:
    history = told()

    assert history.total == 3
    start = {"few_shot": 1, "prompt_long_context": 1, "fine_tune": 1}
    assert history.on(FIRST) == start
    assert history.on(date(2023, 3, 13)) == start
    assert history.on(EARLY) == {"few_shot": 2, "fine_tune": 1}
    assert history.on(LATE) == history.on(LAST) == {"rag": 2, "fine_tune": 1}


def test_flips_are_those_after_a_day_up_to_another() -> None:
    history = told()

    assert history.flipped(FIRST, LAST) == 3
    assert history.flipped(EARLY, LATE) == 2
    assert history.flipped(FIRST, EARLY) == 1
    assert history.flipped(LATE, LAST) == 0
    assert [x.audit for x in history.flips(FIRST, LAST)] == ["b", "a", "b"]
    assert [x.audit for x in history.flips(EARLY, LATE)] == ["a", "b"]
    assert [x.day for x in history.flips(FIRST, EARLY)] == [EARLY]
    assert history.flips(LATE, LAST) == []


def test_use_cases_that_changed_are_counted_once() -> None:
    history = told()

    assert history.changed(date(2023, 3, 13)) == 0
    assert history.changed(EARLY) == 1
    assert history.changed(LAST) == 2


def test_days_of_changes_say_how_many_changed_from_which_to_which() -> None:
    early, late = told().turns(LAST)

    assert early.changes == (("prompt_long_context", "few_shot", 1),)
    assert (late.day, late.number) == (LATE, 2)
    assert late.changes == (("few_shot", "rag", 2),)
    assert told().turns(EARLY) == (early,)


def test_what_is_left_out_is_counted_by_its_reason() -> None:
    history = told()

    history.leave_out("no_answers")
    history.leave_out("no_answers")
    history.leave_out("nothing_fits")

    assert history.left_out == {"no_answers": 2, "nothing_fits": 1}
    assert history.total == 3


def test_history_is_kept_and_read_as_it_was() -> None:
    history = told()
    history.leave_out("no_framework")

    read = from_json(history.to_json())

    assert read.to_json() == history.to_json()
    assert read.flips(FIRST, LAST) == history.flips(FIRST, LAST)
    assert read.on(LATE) == history.on(LATE)
    assert (read.first, read.last, read.left_out) == (FIRST, LAST, {"no_framework": 1})
    [cause] = read.flips(EARLY, LATE)[0].causes
    assert (cause.said, cause.day) == ("32,768 tokens", EARLY)


def test_no_more_flips_are_listed_than_can_be_read_and_all_are_counted() -> None:
    history = PortfolioHistory(FIRST, LAST)
    once = History(first="few_shot", flips=(flip(LATE, "few_shot", "rag"),))
    for number in range(5_001):
        history.add(str(number), once)

    assert len(history.flips(FIRST, LAST)) == MOST_LISTED == 5_000
    assert history.flipped(FIRST, LAST) == 5_001
