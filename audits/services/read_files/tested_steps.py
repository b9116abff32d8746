"""Which steps of a signed verdict were tested after its sign-off."""

from audits.models import Audit, ResultsCheck


def tested_since(audit: Audit) -> tuple[str, ...]:
    """Return the kinds of candidates that steps asked for and checks have results of.

    Note: one query for an audit that was signed off, unless it is known to have no
    check, as the result page asks with the audit.
    """
    if audit.signed_off_at is None or not getattr(audit, "has_checks", True):
        return ()
    found = ResultsCheck.objects.filter(audit=audit).exclude(steps=[])
    steps = (kind for each in found.values_list("steps", flat=True) for kind in each)
    return tuple(dict.fromkeys(steps))


def check_of_steps(audit: Audit) -> ResultsCheck | None:
    """Return the newest check that has a result of a step; None without one."""
    found: ResultsCheck | None = (
        ResultsCheck.objects.filter(audit=audit).exclude(steps=[]).first()
    )
    return found
