"""Audits that people answered one after the other."""

from audits.models import Audit, User
from audits.services.answers.answers import save_answers
from audits.services.reviews.audits import reopen_audit, submit_audit
from tests.casting import Cast


def answered(cast: Cast, *steps: tuple[User, dict[str, object]]) -> Audit:
    """Let people answer one after the other, and submit it as its contributor."""
    lead = cast.ours.contributor
    audit = reopen_audit(audit=cast.ours.submitted, by=lead)
    for by, answers in steps:
        audit, _ = save_answers(audit=audit, by=by, answers=answers)
    return submit_audit(audit=audit, by=lead)
