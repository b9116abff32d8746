"""Whether a model can be tuned on a day, and for how long."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from audits.landscape.facts import Cited, Day
from audits.landscape.schema import Model, Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Tunability:
    """Whether a model can be tuned on a day.

    `until` is the day on which new jobs or the model itself end or ended, None if no
    end is announced. `because` is the fact that says so, with its sources. `offer` is
    the offer that lasts longest, `elsewhere` are open offers on another provider's
    platform. Since `restricted`, it may refuse new customers.
    """

    status: Literal["open", "closing", "unavailable", "unknown"]
    because: Cited
    until: date | None = None
    offer: Offer | None = None
    restricted: Day | None = None
    elsewhere: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class _Route:
    """One offer for the model, until it or the model ends."""

    offer: Offer
    until: date | None
    because: Cited

    @property
    def lasts(self) -> date:
        return self.until or date.max


def tunability(model: Model, offers: Mapping[str, Offer], on: date) -> Tunability:
    """Return whether a model can be tuned on a day, and until when.

    Open means for 12 months or more; closing means that new jobs, or the model, end
    within 12 months. Only announced ends count, not the earliest possible ones. Open
    weights outlive the provider that serves them.

    Source: method, question "platform".
    """
    elsewhere = tuple(
        offers[name] for name in model.tuning.elsewhere if offers[name].is_open(on)
    )
    if model.tuning.offered == "unknown":
        return Tunability(status="unknown", because=model.tuning)
    if on < model.available_from.day:
        return Tunability(status="unavailable", because=model.available_from)
    routes = [_route(model, offers[name]) for name in model.tuning.offers]
    begun = [route for route in routes if route.offer.opens.day <= on]
    if not begun:
        return Tunability(
            status="unavailable", because=model.tuning, elsewhere=elsewhere
        )
    best = max(begun, key=lambda route: route.lasts)
    status: Literal["open", "closing", "unavailable"] = "open"
    if best.lasts <= on:
        status = "unavailable"
    elif best.lasts < a_year_after(on):
        status = "closing"
    restricted = best.offer.restricted
    return Tunability(
        status=status,
        because=best.because,
        until=best.until,
        offer=best.offer if status != "unavailable" else None,
        restricted=restricted if restricted and restricted.day <= on else None,
        elsewhere=elsewhere,
    )


def _route(model: Model, offer: Offer) -> _Route:
    ends = [offer.ends] if offer.ends else []
    if model.retires and not model.open_weights:
        ends.append(model.retires)
    if not ends:
        return _Route(offer, None, model.tuning)
    first = min(ends, key=lambda end: end.day)
    return _Route(offer, first.day, first)


def a_year_after(on: date) -> date:
    """Return the same day a year later; 1 March for 29 February.

    >>> a_year_after(date(2028, 2, 29))
    datetime.date(2029, 3, 1)
    """
    try:
        return on.replace(year=on.year + 1)
    except ValueError:
        return date(on.year + 1, 3, 1)


def closing_from(end: date) -> date:
    """Return the first day on which an end is less than a year away.

    >>> closing_from(date(2027, 1, 6))
    datetime.date(2026, 1, 7)
    """
    day = end - timedelta(days=367)
    while a_year_after(day) <= end:
        day += timedelta(days=1)
    return day
