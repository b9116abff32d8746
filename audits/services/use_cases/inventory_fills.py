"""What an import gives new use cases beside their own fields: page 1, and a budget."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from audits.models import Audit, Cover, CoverVersion, User, Version
from audits.scoring.numbers.numbers import FIELDS_BY_ID
from audits.services.record import events
from audits.uploads.tables.amounts import Marks, TwoReadingsError
from audits.uploads.tables.written_days import DayOrder, NoOrderError

BUDGET = "budget_month"
_DAYS = {"sponsor_agreed_on": "Sponsor agreed on", "decide_by": "Decide by"}
_COVER = ("sponsor", *_DAYS)
_NOT_YET = "Sponsor agreed on: {} is still to come"
_NO_SPONSOR = "Sponsor agreed on: enter who agreed as the sponsor"
_UNITS = ("$", "USD", "US$")


@dataclass(slots=True)
class Fills:
    """Reads the cells that fill new use cases, as the whole file writes them."""

    days: DayOrder = field(default_factory=DayOrder)
    marks: Marks = field(default_factory=Marks)

    def learn(self, given: Mapping[str, str]) -> None:
        """Note how a row writes days and amounts."""
        for name in _DAYS:
            self.days.learn(given.get(name, "").strip())
        self.marks.learn(_amount(given.get(BUDGET, "")))

    def read(self, given: Mapping[str, str], problems: list[str]) -> dict[str, str]:
        """Return the values of a row that are filled, as JSON has them."""
        found = {"sponsor": given.get("sponsor", "")}
        for name, label in _DAYS.items():
            if text := given.get(name, ""):
                found[name] = self._day(label, text, problems)
        if agreed := found.get("sponsor_agreed_on"):
            if date.fromisoformat(agreed) > timezone.localdate():
                problems.append(_NOT_YET.format(agreed))
            elif not found["sponsor"]:
                problems.append(_NO_SPONSOR)
        if text := given.get(BUDGET, ""):
            found[BUDGET] = self._money(text, problems)
        return {name: value for name, value in found.items() if value}

    def _day(self, label: str, text: str, problems: list[str]) -> str:
        try:
            day = self.days.day(text)
        except NoOrderError:
            day = None
        if day is None:
            problems.append(f"{label}: write “{text}” as a day such as 2027-01-31")
        return day.isoformat() if day else ""

    def _money(self, text: str, problems: list[str]) -> str:
        try:
            number = self.marks.number(_amount(text))
        except TwoReadingsError:
            number = None
        about = FIELDS_BY_ID[BUDGET]
        if number is None:
            problems.append(f"Budget a month: write “{text}” in digits, such as 1200")
        elif not about.low <= number <= about.high:
            problems.append(
                f"Budget a month: {number:,} is not between {about.low:,} and "
                f"{about.high:,} US dollars"
            )
        else:
            return f"{number:f}"
        return ""


def numbers_of(fills: Mapping[str, str], by: User) -> dict[str, Any]:
    """Return the numbers of a new audit, as it stores them."""
    if BUDGET not in fills:
        return {}
    now = timezone.now().isoformat(timespec="seconds")
    entry = {"value": fills[BUDGET], "version": 1, "by": by.pk, "at": now}
    return {BUDGET: {**entry, "tab": "", "seq": 0}}


def fill_new(
    filled: Sequence[tuple[Audit, Mapping[str, str]]], by: User
) -> list[events.Entry]:
    """Write page 1 and the versions of new audits; return lines of the record."""
    covers = [
        (_cover(audit, fills), {n: fills[n] for n in _COVER if n in fills})
        for audit, fills in filled
        if any(name in fills for name in _COVER)
    ]
    Cover.objects.bulk_create(cover for cover, _ in covers)
    CoverVersion.objects.bulk_create(
        CoverVersion(
            organization_id=cover.organization_id,
            audit_id=cover.audit_id,
            words=words,
            by=by,
        )
        for cover, words in covers
    )
    Version.objects.bulk_create(_versions(filled, by))
    return [
        events.Entry(
            verb="cover.saved",
            subject=str(cover.audit_id),
            details={"changed": [*words], "words": cover.words_digest},
        )
        for cover, words in covers
    ]


def _cover(audit: Audit, fills: Mapping[str, str]) -> Cover:
    days = {name: date.fromisoformat(fills[name]) for name in _DAYS if name in fills}
    return Cover(
        organization_id=audit.organization_id,
        audit=audit,
        sponsor=fills.get("sponsor", ""),
        **days,
    )


def _versions(
    filled: Sequence[tuple[Audit, Mapping[str, str]]], by: User
) -> Iterable[Version]:
    for audit, fills in filled:
        if BUDGET in fills:
            yield Version(
                organization_id=audit.organization_id,
                audit=audit,
                kind=Version.Kind.NUMBER,
                item=BUDGET,
                number=1,
                value=fills[BUDGET],
                by=by,
                at=timezone.now(),
            )


def _amount(text: str) -> str:
    plain = text.strip()
    for unit in _UNITS:
        plain = plain.removeprefix(unit).removesuffix(unit).strip()
    return plain
