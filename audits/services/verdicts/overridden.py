"""What pages say of the override of an audit."""

from audits.models import Audit
from audits.scoring.board.overriding import Overridden
from audits.scoring.money.states import plan_state
from audits.services.due.overriding import overriding_of
from audits.services.verdicts.assessments import assessment_of, framework_of


def overridden_of(audit: Audit) -> Overridden | None:
    """Return the override of an audit with its money; None without one."""
    if (found := overriding_of(audit)) is None:
        return None
    state = plan_state(audit.use_case.stage)
    return found.told(framework_of(audit), assessment_of(audit), state)
