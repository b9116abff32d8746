"""Who was asked for the answers of a draft."""

from audits.models import Audit
from audits.services.discussion.answer_requests import open_asks


def asked_names(audit: Audit) -> tuple[tuple[str, str], ...]:
    """Return each question of a draft that somebody is asked for, with their name."""
    asks = open_asks(audit).values() if audit.is_draft else ()
    return tuple((ask.question, str(ask.of)) for asked in asks for ask in asked)
