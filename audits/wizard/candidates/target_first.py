"""The target before the first test: it decides what any test settles."""

from typing import Any

from audits.models import Audit
from audits.scoring.numbers.written_numbers import Notation
from audits.scoring.scored.words import ASKS_TARGET, SHOWN_BY_RESULTS
from audits.services.answers.candidates import candidates_seen, takes_candidates
from audits.wizard.candidates.forms import TargetForm
from audits.wizard.pages import next_page

_OF_TESTS = frozenset((*ASKS_TARGET, *SHOWN_BY_RESULTS))


def asks_target_first(audit: Audit, question_id: str) -> bool:
    """Return whether the target is asked for before a question.

    It is, once, before the first question about tests: who does not know it yet is
    asked no second time.

    Args:
        audit: The audit.
        question_id: The question that is asked next.
    """
    if question_id not in _OF_TESTS or not _OF_TESTS.isdisjoint(audit.codes):
        return False
    return takes_candidates(audit) and audit.given_candidates.target is None


def target_context(
    audit: Audit, question_id: str, notation: Notation
) -> dict[str, Any]:
    """Return what the page of the target shows beside the panel.

    Args:
        audit: The audit.
        question_id: The question that is asked after it.
        notation: How its reader writes numbers.
    """
    page = next_page(audit, question_id)
    return {
        "page": page,
        "section": page.section,
        "form": TargetForm(audit.given_candidates, notation=notation),
        "after": question_id,
        "seen": candidates_seen(audit),
    }
