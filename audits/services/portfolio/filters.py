"""Applies filters to portfolio rows."""

import re
from collections.abc import Callable, Mapping
from typing import Any, cast

from django.db.models import Q

from audits.frameworks.loading import loader
from audits.frameworks.schema import Family
from audits.models import Audit, PortfolioRowQuerySet
from audits.models.fields.only import ONLY, numbers_of
from audits.models.portfolio.filters import (
    IN_REVIEW,
    NOT_FOR_BOARD,
    NOT_READY,
    SIGNED_WAITING,
    TO_DECIDE,
)
from audits.services.people.times_of_day import today_shown
from audits.services.portfolio.asking import WAITING
from audits.services.portfolio.own_fields import PREFIX, with_own

NOT_SCORED = "not_scored"
OVERRIDDEN = "overridden"
_FEWEST = 3  # letters of a person or a verdict; fewer are in most of them
_REFERENCE = re.compile(r"\s*UC[-\s]*0*(\d{1,9})\s*", re.IGNORECASE)
_NEEDS: Mapping[str, Callable[[PortfolioRowQuerySet], PortfolioRowQuerySet]] = {
    "waiting": lambda rows: rows.filter(WAITING),
    "decision": lambda rows: rows.filter(TO_DECIDE),
    "answers": lambda rows: rows.filter(NOT_READY),
    "overdue": lambda rows: rows.overdue(today_shown()),
    "review": lambda rows: rows.exclude(review_cause=""),
    "money": lambda rows: rows.at_risk(),
    "training": lambda rows: rows.training_at_risk(),
    "not_done": lambda rows: rows.not_done(),
    "board": lambda rows: rows.filter(SIGNED_WAITING),
}

# What has to be settled first is not settled, even if no question is open.
_SETTLED = Q(open_questions=0, comes_first="")
_UNSETTLED = Q(open_questions__gt=0) | ~Q(comes_first="")
_COMPLETENESS: Mapping[str, Callable[[PortfolioRowQuerySet], PortfolioRowQuerySet]] = {
    "settled": lambda rows: rows.filter(_SETTLED),
    "open": lambda rows: rows.filter(_UNSETTLED),
}


def passing(
    portfolio_rows: PortfolioRowQuerySet, chosen: Mapping[str, Any]
) -> PortfolioRowQuerySet:
    """Return the portfolio rows that pass.

    Args:
        portfolio_rows: The rows to filter.
        chosen: Values by filter, each as the portfolio's form has checked it: public
            ids of team and owner, stage, state, completeness, strength, provider, a
            verdict, "any_" and its family or "overridden", what the board decided, what
            needs attention, a tag, words of the name or the sponsor, or a reference,
            and those that were chosen one by one.
    """
    for name, value in chosen.items():
        if name.startswith(PREFIX):
            portfolio_rows = with_own(portfolio_rows, name, value)
        else:
            portfolio_rows = _PASSES[name](portfolio_rows, value)
    return portfolio_rows


def _with_verdict(
    portfolio_rows: PortfolioRowQuerySet, chosen: str
) -> PortfolioRowQuerySet:
    if chosen == NOT_SCORED:
        return portfolio_rows.filter(verdict="")
    if chosen == OVERRIDDEN:
        return portfolio_rows.exclude(override="")
    family = chosen.removeprefix("any_")
    if family != chosen:
        rank = loader.current().urgency[cast("Family", family)]
        return portfolio_rows.filter(urgency=rank)
    counts = Q(override=chosen) | Q(override="", verdict=chosen)
    return portfolio_rows.filter(counts)


def _with_state(
    portfolio_rows: PortfolioRowQuerySet, state: str
) -> PortfolioRowQuerySet:
    """Return the rows in a state; a renewal in review counts as in review, too."""
    is_in = IN_REVIEW if state == Audit.State.IN_REVIEW else Q(state=state)
    return portfolio_rows.filter(is_in)


def _with_decision(
    portfolio_rows: PortfolioRowQuerySet, state: str
) -> PortfolioRowQuerySet:
    """Return the rows of a state of the board's decision; overdue ones are open.

    What is for information or has stopped is not asked, and so not undecided.
    """
    if state == "not_asked":
        return portfolio_rows.filter(NOT_FOR_BOARD)
    if state == "undecided":
        return portfolio_rows.filter(SIGNED_WAITING, board_state=state)
    if state != "overdue":
        return portfolio_rows.filter(board_state=state)
    return portfolio_rows.not_done().filter(board_due_on__lt=today_shown())


def owned(words: str) -> Q:
    """Return the filter of the rows whose owner is called so, as pages name people.

    Of a letter or two, nobody is looked for.
    """
    if not _says_enough(words):
        return Q(pk=None)
    called = Q(owner__name__icontains=words)
    return called | Q(owner__name="", owner__email__icontains=words)


def verdicts_named(words: str) -> list[str]:
    """Return the verdicts with some words in their name, hyphens or not.

    >>> verdicts_named("stop fine tuning")
    ['stop_fine_tuning']
    """
    sought = _plain(words)
    named = loader.current().verdicts.items()
    if not _says_enough(sought):
        return []
    return [each for each, told in named if sought in _plain(told.name)]


def _says_enough(words: str) -> bool:
    return len(words.strip()) >= _FEWEST


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("-", " ").split())


def _with_words(
    portfolio_rows: PortfolioRowQuerySet, words: str
) -> PortfolioRowQuerySet:
    summary = Q(audit__use_case__summary__icontains=words)
    sponsored = Q(audit__cover__sponsor__icontains=words)
    called = Q(name__icontains=words) | Q(team__name__icontains=words)
    named = called | summary | sponsored | owned(words)
    if verdicts := verdicts_named(words):
        named |= Q(verdict__in=verdicts, comes_first="") | Q(override__in=verdicts)
    # One that comes first is called by its step, not by its verdict.
    if _says_enough(words):
        named |= Q(comes_first__icontains=words)
    if found := _REFERENCE.fullmatch(words):
        named |= Q(number=int(found[1]))
    return portfolio_rows.filter(named)


_PASSES: Mapping[str, Callable[[PortfolioRowQuerySet, Any], PortfolioRowQuerySet]] = {
    "team": lambda rows, value: rows.filter(team__public_id=value),
    "stage": lambda rows, value: rows.filter(stage=value),
    "verdict": _with_verdict,
    "completeness": lambda rows, value: _COMPLETENESS[value](rows),
    "strength": lambda rows, value: rows.filter(strength=value),
    "state": _with_state,
    "owner": lambda rows, value: rows.filter(owner__public_id=value),
    "provider": lambda rows, value: rows.filter(provider=value),
    "board": _with_decision,
    "needs": lambda rows, value: _NEEDS[value](rows),
    "tag": lambda rows, value: rows.tagged(value),
    "q": _with_words,
    ONLY: lambda rows, value: rows.filter(number__in=numbers_of(value)),
}
