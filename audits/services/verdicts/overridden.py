"""What pages say of the override of an audit, and of one that was taken back."""

from dataclasses import dataclass
from typing import cast

from audits.frameworks.rules import Verdict
from audits.models import Audit
from audits.scoring.board.overriding import Overridden
from audits.scoring.days import in_words
from audits.scoring.money.states import plan_state
from audits.services.due.overriding import override_end_of, overriding_of
from audits.services.verdicts.assessments import assessment_of, framework_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """An override that was taken back: who did it, when, and the reason."""

    said: str
    words: str


def overridden_of(audit: Audit) -> Overridden | None:
    """Return the override of an audit with its money; None without one."""
    if (found := overriding_of(audit)) is None:
        return None
    state = plan_state(audit.use_case.stage)
    return found.told(framework_of(audit), assessment_of(audit), state)


def ended_of(audit: Audit) -> Ended | None:
    """Return how the last override of an audit was taken back; None if none was.

    Note: one query.
    """
    if (found := override_end_of(audit)) is None:
        return None
    words = framework_of(audit).verdicts.get(cast("Verdict", found.verdict))
    name = words.name if words else found.verdict
    said = f"{found.by} took back the override “{name}” on {in_words(found.on)}."
    return Ended(said=said, words=found.words)
