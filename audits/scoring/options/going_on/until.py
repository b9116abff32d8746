"""Until when a plan lasts whose model ends, and what follows it, in words."""

from audits.scoring.costs.cost_numbers import SHORT_NAMES, TRAINED
from audits.scoring.days import in_words
from audits.scoring.money.over_time.changes import takes_over
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.states import PlanState
from audits.scoring.money.waiting import named


def never_ready(row: MoneyRow | None, state: PlanState, year: str) -> str:
    """Say what runs of a plan whose model ends before it is ready; else empty.

    Args:
        row: The plan with its 12 months.
        state: What became of it; only one that is planned gets ready.
        year: What its 12 months cost, in words.
    """
    wait = row.calendar.wait if row and state == "planned" else None
    if row is None or row.ends is None or wait is None or wait.is_ready:
        return ""
    late = f"“{SHORT_NAMES[row.technique]}” would not be ready before its model retires"
    after = takes_over(row)
    runs = f"{named(wait) or 'nothing'} runs{f', then {after}' if after else ''}"
    return f"{late} on {in_words(row.ends)}: {runs}. It costs {year}."


def until_end(row: MoneyRow | None) -> str:
    """Say until when a plan goes on, and as what then; empty if its model stays."""
    if row is None or row.ends is None:
        return ""
    said = f"until its model retires on {in_words(row.ends)}"
    after = takes_over(row)
    return f"{said}, then {after} takes over" if after else said


def only_until(row: MoneyRow | None) -> str:
    """Say until when a prompt's model lasts; empty if it lasts the 12 months."""
    if row is None or row.technique in TRAINED:
        return ""
    ends = [x for x in row.calendar.events if x.kind == "end" and x.model]
    if not ends:
        return ""
    first, after = ends[0], [x.successor for x in ends if x.successor]
    said = f"only until {first.model} retires on {in_words(first.day)}, then "
    return said + (f"moves to {after[0]}" if after else "nothing named replaces it")
