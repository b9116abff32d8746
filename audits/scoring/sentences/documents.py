"""Prices of prompts that hold none of the documents that were entered."""

from collections.abc import Mapping
from decimal import Decimal

from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.explaining.advised_ways import holds_documents
from audits.scoring.explaining.assessment import Assessment

# Ways that send no documents, and find none either.
LACKING: frozenset[PricedTechnique] = frozenset(
    ("prompt", "prompt_smaller", "few_shot", "few_shot_retrieved")
)
_DOCUMENTS = ("knowledge_tokens", "corpus_tokens")
_CALL = ("prefix_tokens", "variable_tokens")
# Faults that need documents, or may be found to.
_MAY_NEED = frozenset(("knowledge", "search", "none_counted"))


def without_documents(assessment: Assessment, technique: PricedTechnique) -> str:
    """Say that the price of a technique leaves out documents; empty where not.

    Args:
        assessment: What was decided, with its numbers.
        technique: The technique with the price.
    """
    return documents_apart(assessment) if technique in LACKING else ""


def documents_apart(assessment: Assessment) -> str:
    """Say which documents no prompt of today holds, though calls may need them.

    A call of today is too short for them. Empty where the faults need none.

    Args:
        assessment: What was decided, with its numbers.
    """
    found = max(_tokens(assessment.numbers, each) for each in _DOCUMENTS)
    call = sum(_tokens(assessment.numbers, each) for each in _CALL)
    is_known = "prefix_tokens" in assessment.numbers
    goal = assessment.codes.get("goal", "unknown")
    is_needed = isinstance(goal, str) or not _MAY_NEED.isdisjoint(goal)
    if not (is_known and is_needed) or found <= call:
        return ""
    # What a test put into a prompt is in none of today's.
    given = {x.question: x.by_hand for x in assessment.from_candidates}
    tried = given["tried"] or () if "tried" in given else assessment.codes.get("tried")
    if holds_documents({"tried": tried or ()}):
        return ""
    return f"without the {found:,} tokens of documents"


def not_counted(assessment: Assessment) -> bool:
    """Return whether nobody has counted what is wrong, so facts may be."""
    goal = assessment.codes.get("goal", "unknown")
    return isinstance(goal, str) or "none_counted" in goal


def _tokens(numbers: Mapping[str, str], name: str) -> int:
    return int(Decimal(numbers.get(name) or 0))
