"""By when a step is done, counted in working days by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from audits.frameworks.loading.loader import current
from audits.scoring.board.by_when import ByWhen, by_when
from audits.scoring.cards.card import Card
from audits.scoring.cards.cards import cards_of
from audits.scoring.pricing.cost_plan import Band
from tests.scoring.cards.test_cards import BOTH, assessed

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)


def plan() -> tuple[Card, ...]:
    """Return a plan whose first steps take 12 and 28 hours."""
    found = cards_of(current(), assessed(BOTH))
    assert [card.hours for card in found[:2]] == [12, 28]
    return found


def test_steps_are_counted_one_after_the_other() -> None:
    cards = plan()

    # 12 hours are 2 working days, 12 and 28 are 5: Wednesday to Tuesday.
    assert by_when(cards, cards[0], TUESDAY, TUESDAY) == ByWhen(
        start=WEDNESDAY, day=date(2026, 11, 26), latest=date(2026, 11, 26)
    )
    assert by_when(cards, cards[1], TUESDAY, TUESDAY).day == date(2026, 12, 1)


def test_no_step_is_due_on_the_day_of_the_plan() -> None:
    cards = plan()
    card = replace(cards[0], hours=1)

    assert by_when([card], card, TUESDAY, TUESDAY).day == WEDNESDAY
    friday = date(2026, 11, 27)
    assert by_when([card], card, friday, friday).day == date(2026, 11, 30)


def test_day_on_a_weekend_begins_on_monday() -> None:
    cards = plan()

    found = by_when(cards, cards[0], date(2026, 11, 28), TUESDAY)

    assert (found.start, found.day) == (date(2026, 11, 30), date(2026, 12, 1))


def test_what_measuring_takes_of_its_hours_moves_the_day() -> None:
    cards = plan()
    factor = Band(low=Decimal(1), expected=Decimal("1.5"), high=Decimal(2))
    card = replace(cards[0], cost=replace(cards[0].cost, factor=factor))

    found = by_when([card, *cards[1:]], card, TUESDAY, TUESDAY)

    # 18 hours are 3 days, 24 hours are 3 days.
    assert (found.day, found.latest) == (date(2026, 11, 27), date(2026, 11, 27))


def test_plan_of_an_earlier_day_can_begin_tomorrow() -> None:
    cards = plan()

    first, then = (
        by_when(cards, each, TUESDAY, date(2026, 12, 3)) for each in cards[:2]
    )

    # 12 hours are Friday and Monday, and no step comes before an earlier one.
    assert (first.start, first.day) == (date(2026, 12, 4), date(2026, 12, 7))
    assert (then.start, then.day) == (first.start, date(2026, 12, 10))


def test_plan_without_a_day_has_none() -> None:
    cards = plan()

    found = by_when(cards, cards[0], None, TUESDAY)

    assert found == ByWhen(why="The plan names no day to count from.")


def test_waiting_for_somebody_outside_comes_after_the_work() -> None:
    cards = plan()
    card = replace(cards[0], waits=5)

    # 12 hours are 2 working days, and a week of waiting follows.
    assert by_when([card, *cards[1:]], card, TUESDAY, TUESDAY).day == date(2026, 12, 3)
    # Other steps go on meanwhile.
    after = by_when([card, *cards[1:]], cards[1], TUESDAY, TUESDAY)
    assert after.day == date(2026, 12, 1)
