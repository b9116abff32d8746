"""Who reads an inbox, and the rows of one kind in its columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models.functions import Cast, Coalesce, NullIf

from audits.models.inbox.marks import WAITING, NoticeKind, ReadMark


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads an inbox, and what their rights let them see.

    What happened before `horizon` is left out, unless it waits. `today` is the moment
    at which the day began, and `over` the last stored day that was over then. `ending`
    has the models that are shut down soon, each with the moment from which its owners
    are told. `contributes` and `reviews` are None without that right;
    `reviews_teams` is the member, if they have it in single teams alone.
    """

    person: Any
    member: Any
    read: datetime
    horizon: datetime
    today: datetime
    over: date
    contributes: bool | None
    reviews: bool | None
    reviews_teams: Any
    ending: Mapping[Any, datetime | None]

    @property
    def given(self) -> dict[str, Any]:
        """The same as values for a query written once that counts unread rows."""
        new = [model for model, at in self.ending.items() if at and at > self.read]
        return self._rights | {
            f"ending_{number}": model for number, model in enumerate(new)
        }

    @property
    def given_in_full(self) -> dict[str, Any]:
        """The same for a query of rows: also from when each end is told."""
        return self._rights | {
            f"{name}_{number}": value
            for number, end in enumerate(self.ending.items())
            for name, value in zip(("ending", "told"), end, strict=True)
        }

    @property
    def _rights(self) -> dict[str, Any]:
        names = (
            *("person", "member", "read", "horizon", "today", "over"),
            *("contributes", "reviews", "reviews_teams"),
        )
        return {name: getattr(self, name) for name in names}

    @classmethod
    def of_given(cls, **given: Any) -> "Reader":
        """Return a reader for a query, of `given` or `given_in_full`."""
        ending = {
            given.pop(name): given.pop(name.replace("ending", "told"), None)
            for name in [*given]
            if name.startswith("ending_")
        }
        return cls(**given, ending=ending)


@dataclass(frozen=True, slots=True)
class Notice:
    """One row of an inbox: what happened, to which use case, when and by whom.

    `subject` is the id of what it is about, and `who` a person as others read them;
    empty without one. `item` and `section` say where in the audit, `text` what somebody
    wrote, and `flag` what a kind has of its own. It was `done` then; None: it was not.
    `due` puts it in the order of days.
    """

    kind: NoticeKind
    subject: UUID
    at: datetime
    audit_id: UUID
    state: str
    framework: str
    framework_version: int
    name: str
    number: int
    who: str
    section: str
    item: str
    text: str
    flag: str
    done: datetime | None
    is_unread: bool
    due: str = ""

    @classmethod
    def of(cls, columns: tuple[Any, ...]) -> "Notice":
        """Return the row with these columns."""
        kind, *rest = columns
        return cls(NoticeKind(kind), *rest)

    @property
    def waits(self) -> bool:
        """Whether it waits for its reader to do something."""
        return self.kind in WAITING and self.done is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The rows of one kind, and where each column of the inbox is in them.

    `audit` leads to their audit and `who` to the person who did it. `waits` narrows
    them to what waits; the rest is done, and read. `due` is its day.
    """

    kind: NoticeKind
    rows: models.QuerySet[Any]
    subject: str
    at: str
    audit: str = "audit__"
    who: str = ""
    section: str = ""
    item: str = ""
    text: str = ""
    done: str = ""
    flag: str = ""
    due: str = ""
    waits: models.Q = field(default_factory=models.Q)

    def unread(self, reader: Reader) -> models.QuerySet[Any]:
        """Return the rows that the reader has not read."""
        return self.rows.filter(self._is_unread(reader))

    def waiting(self) -> models.QuerySet[Any]:
        """Return the rows that wait for the reader."""
        return self.rows.filter(self.waits)

    def listed(
        self, reader: Reader, *, unread: bool = False, waiting: bool = False
    ) -> models.QuerySet[Any, tuple[Any, ...]]:
        """Return the rows, the unread or the waiting ones, as columns of a Notice."""
        rows = self.unread(reader) if unread else self.rows
        if waiting:
            rows = rows.filter(self.waits)
        is_unread = models.Case(
            models.When(self._is_unread(reader), then=models.Value(True)),
            default=models.Value(False),
            output_field=models.BooleanField(),
        )
        columns = (
            *(text_of(self.kind.value), models.F(self.subject), models.F(self.at)),
            *(
                models.F(f"{self.audit}{name}")
                for name in ("id", "state", "framework", "framework_version")
            ),
            *(models.F(f"{self.audit}use_case__{name}") for name in ("name", "number")),
            _named(self.who) if self.who else text_of(""),
            *(
                models.F(place) if place else text_of("")
                for place in (self.section, self.item, self.text, self.flag)
            ),
            models.F(self.done) if self.done else _NEVER,
            is_unread,
            _day_of(self.due) if self.due else text_of(_LAST_OF_ALL),
        )
        named = {f"column_{place:02}": column for place, column in enumerate(columns)}
        found: models.QuerySet[Any, tuple[Any, ...]] = (
            rows.order_by().annotate(**named).values_list(*named)
        )
        return found

    def _is_unread(self, reader: Reader) -> models.Q:
        marks = ReadMark.objects.filter(
            member=reader.member,
            kind=self.kind,
            subject=models.OuterRef(self.subject),
        )
        if not self.at:
            return self.waits & models.Q(~models.Exists(marks))
        later = marks.filter(at__gte=models.OuterRef(self.at))
        newer = models.Q((f"{self.at}__gt", reader.read))
        return self.waits & newer & models.Q(~models.Exists(later))


# After all days, as texts are ordered.
_LAST_OF_ALL = "9999"
_NEVER = Cast(models.Value(None), models.DateTimeField())


def text_of(text: str) -> models.Value:
    return models.Value(text, models.CharField())


def _day_of(due: str) -> Coalesce:
    """Return a day as a text that is in the order of days; without one it is last."""
    day = Cast(due, models.CharField(max_length=10))
    return Coalesce(day, text_of(_LAST_OF_ALL), output_field=models.CharField())


def _named(who: str) -> Coalesce:
    """Return what people call a person: the name, or else the address."""
    named = NullIf(f"{who}__name", models.Value(""))
    return Coalesce(named, f"{who}__email", output_field=models.CharField())
