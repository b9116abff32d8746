"""Which practices a decision pays for, by what the team ticked."""

from dataclasses import replace

from audits.models import Audit
from audits.scoring.money.words import Money
from audits.services.verdicts.assessments import framework_of


def naming_practices(audit: Audit, money: Money | None) -> Money | None:
    """Return the money with the names of the practices that are missing.

    An assessment knows only how many are. None is named where the team ticked none of
    them by name.

    Args:
        audit: The audit, which has the ticks.
        money: The money behind its verdict, if it is known.
    """
    framework = framework_of(audit)
    role = framework.practices_question
    if money is None or money.practices is None or role is None:
        return money
    ticked = audit.codes.get(role)
    ticks = framework.question_by_id[role].ticks
    is_named = isinstance(ticked, tuple) and {*ticked} <= {x.id for x in ticks}
    names = tuple(x.name for x in ticks if is_named and x.id not in (ticked or ()))
    return replace(money, practices=replace(money.practices, names=names))
