"""Checks of models that use cases name: ends, announced prices and stale ones."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from audits.landscape import in_force
from audits.landscape.announced import (
    PriceRise,
    ends,
    price_rises,
    stale_prices,
    tuned_ends,
)
from audits.landscape.catalogue import catalogue
from audits.models import Audit, PortfolioRow, PortfolioRowQuerySet
from audits.models.portfolio.filters import STOPPED
from audits.portfolio_checks.check import PortfolioCheck
from audits.scoring.costs.rounding import unit_price
from audits.scoring.days import in_words
from audits.scoring.history.validity import AHEAD
from audits.services.market.named_models import PAID, models_named, of_trained

type _Numbers = Mapping[str, Mapping[str, object]]


def _retiring(rows: PortfolioRowQuerySet, today: date) -> PortfolioRowQuerySet:
    until = today + AHEAD
    models, tuned = (
        [model for model, day in found.items() if day <= until]
        for found in (ends(today), tuned_ends(today))
    )
    return rows.filter(models_named(models, tuned))


def _ending(rows: PortfolioRowQuerySet, today: date) -> PortfolioRowQuerySet:
    until = today + AHEAD
    models, tuned = (
        [model for model, day in found.items() if day > until]
        for found in (ends(today), tuned_ends(today))
    )
    return rows.filter(~STOPPED & models_named(models, tuned))


def _rising(rows: PortfolioRowQuerySet, today: date) -> PortfolioRowQuerySet:
    return rows.filter(~STOPPED & models_named(price_rises(today)))


def _stale_prices(rows: PortfolioRowQuerySet, today: date) -> PortfolioRowQuerySet:
    return rows.filter(~STOPPED & models_named(stale_prices(today)))


def _tell_ends(rows: Sequence[PortfolioRow], today: date) -> Mapping[int, str]:
    models, tuned = ends(today), tuned_ends(today)

    def said(role: str, model: str) -> str:
        name = catalogue(today).model(model).name
        day = models.get(model)
        if role == "tuned" and (closed := tuned.get(model)):
            return _tuned(name, closed, day)
        return f"{name}: {in_words(day)}" if day else ""

    return _told(rows, said)


def _tuned(name: str, closed: date, ends: date | None) -> str:
    """Say when tuning of a model ends, and when the model does."""
    if ends == closed:
        return f"Tuning of {name}, and the model: {in_words(closed)}"
    last = f", and the model: {in_words(ends)}" if ends else ""
    return f"Tuning of {name}: {in_words(closed)}{last}"


def _tell_rises(rows: Sequence[PortfolioRow], today: date) -> Mapping[int, str]:
    rises = price_rises(today)

    def said(role: str, model: str) -> str:
        is_paid = role in PAID and model in rises
        return (
            _rise(catalogue(today).model(model).name, rises[model]) if is_paid else ""
        )

    return _told(rows, said)


def _rise(name: str, rise: PriceRise) -> str:
    before, after = (
        f"${unit_price(x.input)} in and ${unit_price(x.output)} out"
        for x in (rise.before, rise.after)
    )
    return (
        f"{name} from {in_words(rise.day)}: a million tokens cost {after} instead of "
        f"{before}"
    )


def _tell_stale(rows: Sequence[PortfolioRow], today: date) -> Mapping[int, str]:
    stale = stale_prices(today)

    def said(role: str, model: str) -> str:
        if role not in PAID or model not in stale:
            return ""
        name = catalogue(today).model(model).name
        return f"Prices of {name}: checked on {in_words(stale[model])}"

    return _told(rows, said)


def _told(
    rows: Sequence[PortfolioRow], said: Callable[[str, str], str]
) -> Mapping[int, str]:
    """Return what is said of the models that rows name, each model once."""
    audits = Audit.objects.filter(pk__in=[row.audit_id for row in rows])
    numbers = dict(audits.values_list("pk", "numbers"))
    known = in_force.current().models
    found = {}
    for row in rows:
        named = _roles(row, numbers.get(row.audit_id, {}))
        told = dict.fromkeys(said(role, x) for role, x in named if x in known)
        found[row.pk] = "; ".join(filter(None, told))
    return found


def _roles(row: PortfolioRow, numbers: _Numbers) -> Iterator[tuple[str, str]]:
    """Yield the models that count as `models_named` has it, with what they are for."""
    plan = numbers.get("today", {}).get("value")
    is_meant = plan in (None, "fine_tune_hosted") or row.urgency in of_trained()
    for role in (*PAID, *(("tuned",) if is_meant else ())):
        model = numbers.get(role, {}).get("value")
        if isinstance(model, str):
            yield role, model


MARKET_CHECKS = (
    PortfolioCheck(
        id="retiring",
        name="Base model retires",
        severity="high",
        text="A model in use or proposed has retired, or it or its tuning will end "
        "within 90 days.",
        mend="Plan the move, then enter the new model under “Numbers and costs”.",
        find=_retiring,
        tell=_tell_ends,
    ),
    PortfolioCheck(
        id="ending",
        name="Model ends later",
        severity="low",
        text="A model in use or proposed, or its tuning, ends on an announced day, but "
        "not within 90 days.",
        mend="Name the day to the owner, and test what replaces the model before it.",
        find=_ending,
        tell=_tell_ends,
    ),
    PortfolioCheck(
        id="price-rises",
        name="Price will rise",
        severity="medium",
        text="A model in use or proposed costs more from an announced day on.",
        mend="The 12-month cost on the result includes the new price. Test a cheaper "
        "model before that day.",
        find=_rising,
        tell=_tell_rises,
    ),
    PortfolioCheck(
        id="stale-prices",
        name="Prices too old",
        severity="medium",
        text="Nobody has checked the price of a model in use or proposed for 90 days.",
        mend="Ask the operator to check it and to update the market facts.",
        find=_stale_prices,
        tell=_tell_stale,
    ),
)
