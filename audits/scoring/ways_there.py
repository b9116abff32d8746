"""What is there and not paid for again: ways that were scored, reviewed examples."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from audits.frameworks.evaluation import Code
from audits.scoring.costs.cost_numbers import InputId, PricedTechnique
from audits.scoring.costs.rounding import as_printed
from audits.scoring.numbers.currency import converted
from audits.scoring.numbers.entered_in import EnteredIn
from audits.scoring.pricing.defaults import defaults_on
from audits.scoring.scored.candidates import Candidates, ScoredKind

# A tuned model is in none: its test may be of a trial, and says not where it would run.
_WAYS_OF: Mapping[ScoredKind, tuple[PricedTechnique, ...]] = {
    "prompt": ("prompt",),
    "documents": ("prompt", "prompt_documents"),
    "updated": ("prompt", "prompt_documents"),
    "optimised": ("prompt",),
    "smaller": ("prompt_smaller",),
    "examples": ("few_shot",),
    "retrieval": ("rag",),
    "hybrid": ("rag",),
}

# What sets up a way and no test of it proves to be there, as the lines of its price say
# it. A test that counts has made the words of its prompt, the examples and its cases.
UNPROVEN_SET_UP: Mapping[PricedTechnique, str] = {
    "rag": "build and test retrieval, and make the documents searchable",
}

# The number of days that it takes.
_DAYS: Mapping[PricedTechnique, InputId] = {"rag": "rag_days"}

# The fewest reviewed examples that each answer means.
_REVIEWED: Mapping[str, int] = {
    "few": 1,
    "curated": 10,
    "hundreds": 50,
    "thousands": 1000,
}


def reviewed_there(answers: Mapping[str, Code]) -> int:
    """Return how many reviewed examples there are at least.

    >>> reviewed_there({"examples": "hundreds"}), reviewed_there({"examples": "clicks"})
    (50, 0)
    """
    return _REVIEWED.get(str(answers.get("examples")), 0)


def built_again(
    technique: PricedTechnique,
    numbers: Mapping[str, str],
    entered: EnteredIn | None,
    on: date,
) -> Decimal | None:
    """Return what the days cost that set up a way; None where its test has done so.

    Args:
        technique: The way.
        numbers: The numbers of the team, as they are stored.
        entered: The currency of its amounts; None for US dollars.
        on: The day of pricing.
    """
    if technique not in _DAYS:
        return None
    given, usual = converted(numbers, entered), defaults_on(on)
    days, price = (
        Decimal(given.get(name) or usual[name].expected)
        for name in (_DAYS[technique], "engineer_day")
    )
    return as_printed(days * price) or None


def ways_there(found: Candidates | None) -> frozenset[PricedTechnique]:
    """Return the ways that a result that counts scored, so that they are not built.

    >>> from audits.scoring.scored.candidates import ScoredCandidate
    >>> scored = ScoredCandidate(id="c1", kind="updated", cases=80, sha256="f" * 64)
    >>> ways_there(Candidates(rows=(scored,)))  # nobody scored a case
    frozenset()
    """
    rows = found.rows if found else ()
    ways = (_WAYS_OF.get(row.kind, ()) for row in rows if not row.why_not)
    return frozenset(way for each in ways for way in each)
