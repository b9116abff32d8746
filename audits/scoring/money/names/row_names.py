"""What a technique is called where one page has two prices of it."""

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.money.rows import MoneyRow, Role
from audits.scoring.money.words import Money
from audits.scoring.pricing.cost_plan import TechniqueCost

MOVES: tuple[Role, ...] = ("proposed", "otherwise")
_FIXED, _VARIED = "few_shot", "few_shot_retrieved"


def row_name(money: Money, row: MoneyRow) -> str:
    """Return what a row of money is called, so that no two prices have one name.

    A move's price has the tests and the old model; the technique's has not.

    Args:
        money: The money behind a verdict.
        row: One of its rows.
    """
    if {*MOVES} & {*row.roles}:
        return f"{SHORT_NAMES[row.technique]}, with the move"
    name = SHORT_NAMES[row.technique]
    shown = {each.technique for each in money.rows}
    return f"{name}, fixed" if row.technique == _FIXED and _VARIED in shown else name


def technique_name(money: Money, cost: TechniqueCost) -> str:
    """Return what a technique is called in a table of all, beside those rows.

    Args:
        money: The money behind a verdict.
        cost: One technique with its price.
    """
    return f"{cost.name}, move not counted" if _is_moved(money, cost) else cost.name


def drawn_name(money: Money, cost: TechniqueCost) -> str:
    """Return the same for a drawing, which has less room."""
    is_moved = _is_moved(money, cost)
    return f"{SHORT_NAMES[cost.technique]}, without the move" if is_moved else cost.name


def _is_moved(money: Money, cost: TechniqueCost) -> bool:
    """Return whether another row has the price of a technique with a move."""
    rows = (row for row in money.rows if {*MOVES} & {*row.roles})
    return bool(cost.price) and cost.technique in {row.technique for row in rows}
