"""What a reviewer is told at home of all use cases, beside what waits for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Min

from audits.frameworks.loading import loader
from audits.frameworks.schema import Family
from audits.landscape.announced import ends, tuned_ends
from audits.landscape.catalogue import catalogue
from audits.models import Audit, Membership, PortfolioRow
from audits.models.portfolio.filters import SIGNED_VOTABLE, STOPPED
from audits.scoring.days import in_words
from audits.scoring.history.validity import AHEAD
from audits.services.market.named_models import PAID, models_named
from audits.services.people.times_of_day import today_shown
from audits.services.portfolio.asking import NEEDED_ON

type _Days = Mapping[str, date]

# Whose verdicts are of a model that ends.
_KNOWN: tuple[Family, ...] = ("move", "stop")


@dataclass(frozen=True, slots=True)
class Ending:
    """A verdict whose plan names a model that ends soon; `others` are like it."""

    name: str
    audit_id: UUID
    said: str
    others: int


@dataclass(frozen=True, slots=True)
class OfAll:
    """How many votes of the board nobody has recorded, and which model ends soon."""

    to_record: str = ""
    ending: Ending | None = None


def of_all(member: Membership) -> OfAll:
    """Return both for a reviewer or an administrator; nothing for anybody else.

    Note: three queries, and two where no model ends.
    """
    if not member.may_review:
        return OfAll()
    today = today_shown()
    votes = PortfolioRow.objects.filter(SIGNED_VOTABLE).aggregate(
        number=Count("pk"), first=Min(NEEDED_ON)
    )
    return OfAll(
        to_record_said(votes["number"], votes["first"], today), ending_on(today)
    )


def to_record_said(number: int, first: date | None, today: date) -> str:
    """Say how many decisions the board has not made, or nobody recorded; empty if none.

    >>> day = date(2026, 12, 12)
    >>> to_record_said(3, day, date(2026, 12, 1))
    '3 decisions wait for the board; record what it decides. The first is due on 12 \
December 2026.'
    >>> to_record_said(1, day, date(2026, 12, 14))
    '1 decision waits for the board; record what it decides. It was due on 12 December \
2026.'
    >>> to_record_said(0, None, day)
    ''
    """
    if not number:
        return ""
    what, which = "decisions wait", "The first"
    if number == 1:
        what, which = "decision waits", "It"
    was = "was" if first and first < today else "is"
    due = f" {which} {was} due on {in_words(first)}." if first else ""
    return f"{number:,} {what} for the board; record what it decides.{due}"


def ending_on(today: date) -> Ending | None:
    """Return the first verdict in review or in force whose model ends soon."""
    until = today + AHEAD
    models, tuned = (
        {model: day for model, day in found.items() if today < day <= until}
        for found in (ends(today), tuned_ends(today))
    )
    urgency = loader.current().urgency
    rows: Any = (
        PortfolioRow.objects.exclude(state=Audit.State.DRAFT)
        .exclude(STOPPED)
        .exclude(urgency__in=[urgency[family] for family in _KNOWN])
        .filter(models_named(models, tuned))
        .order_by("name", "pk")
        .values_list("name", "audit_id", "audit__numbers")
    )
    found = list(rows)
    if not found:
        return None
    name, audit_id, numbers = found[0]
    said = _said(numbers, models, tuned, today)
    return Ending(name, audit_id, said, len(found) - 1)


def _said(numbers: Any, models: _Days, tuned: _Days, today: date) -> str:
    """Say which model of a plan ends, or its tuning, and when."""
    named = {role: numbers.get(role, {}).get("value") for role in (*PAID, "tuned")}
    days = {
        model: (models.get(model) or tuned[model], role)
        for role, model in named.items()
        if model in models or (role == "tuned" and model in tuned)
    }
    model, (day, role) = min(days.items(), key=lambda each: each[1][0])
    name = catalogue(today).model(model).name
    if model not in models:
        return f"tuning of its base model {name} ends on {in_words(day)}"
    which = "base model" if role == "tuned" else "model"
    return f"its {which} {name} retires on {in_words(day)}"
