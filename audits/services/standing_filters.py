"""Which use cases pass a filter, by where they stand."""

import re
from collections.abc import Callable, Mapping
from typing import Any, cast

from django.db.models import Q
from django.utils import timezone

from audits.frameworks.schema import Family
from audits.models import StandingQuerySet
from audits.services.standings import FAMILIES

NOT_SCORED = "not_scored"
_REFERENCE = re.compile(r"\s*UC[-\s]*0*(\d{1,9})\s*", re.IGNORECASE)
_NEEDS: Mapping[str, Callable[[StandingQuerySet], StandingQuerySet]] = {
    "overdue": lambda rows: rows.overdue(timezone.localdate()),
    "review": lambda rows: rows.exclude(review_cause=""),
    "money": lambda rows: rows.filter(at_risk=True),
}


def passing(standings: StandingQuerySet, chosen: Mapping[str, Any]) -> StandingQuerySet:
    """Return the standings that pass.

    Args:
        standings: Those to choose from.
        chosen: Values by filter, each as the portfolio's form has checked it: public
            ids of team and owner, stage, state, confidence, provider, a verdict or
            "any_" and its family, what needs attention, and words of the name or a
            reference.
    """
    for name, value in chosen.items():
        standings = _PASSES[name](standings, value)
    return standings


def _with_verdict(standings: StandingQuerySet, chosen: str) -> StandingQuerySet:
    if chosen == NOT_SCORED:
        return standings.filter(verdict="")
    family = chosen.removeprefix("any_")
    if family != chosen:
        return standings.filter(urgency=FAMILIES.index(cast("Family", family)))
    return standings.filter(verdict=chosen)


def _with_words(standings: StandingQuerySet, words: str) -> StandingQuerySet:
    named = Q(name__icontains=words)
    if found := _REFERENCE.fullmatch(words):
        named |= Q(number=int(found[1]))
    return standings.filter(named)


_PASSES: Mapping[str, Callable[[StandingQuerySet, Any], StandingQuerySet]] = {
    "team": lambda rows, value: rows.filter(team__public_id=value),
    "stage": lambda rows, value: rows.filter(stage=value),
    "verdict": _with_verdict,
    "confidence": lambda rows, value: rows.filter(confidence=value),
    "state": lambda rows, value: rows.filter(state=value),
    "owner": lambda rows, value: rows.filter(owner__public_id=value),
    "provider": lambda rows, value: rows.filter(provider=value),
    "needs": lambda rows, value: _NEEDS[value](rows),
    "q": _with_words,
}
