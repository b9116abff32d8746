"""Behind which plan the numbers are that nobody entered."""

from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.assumed import assumed_behind, behind
from audits.scoring.money.words import Money


def assumed_apart(assessment: Assessment, money: Money) -> str:
    """Say how many are behind the current plan, the advice, both, and all else.

    Args:
        assessment: The assessment.
        money: Its money, with both plans as far as they are known.
    """
    rows = ("the advice", money.recommended), ("the plan", money.today)
    names = {row.technique: name for name, row in rows if row}
    found = {name: behind(assessment, x) for x, name in names.items()}
    said = ", ".join(f"{len(found[name])} for {name}" for name in reversed(found))
    every, sets = set(assumed_behind(assessment, money)), [*map(set, found.values())]
    both = len(set.intersection(*sets)) if sets[1:] else 0
    if both and both == len(found["the advice"]):
        said = (
            f"{len(found['the plan'])} for the plan, {both} of them also for the advice"
        )
    elif both:
        said += f" ({both} of them for both)"
    rest = len(every.difference(*sets)) if said else 0
    return f"{said}, {rest} other{'s' * (rest != 1)}" if rest else said
