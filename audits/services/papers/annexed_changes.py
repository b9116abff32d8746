"""Who changed what of an audit, from what to what, and when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from audits.frameworks.schema import Framework
from audits.models import Audit, Version
from audits.scoring.numbers.currency import KEY
from audits.scoring.scored.values import TARGET
from audits.services.answers.words import currency_then, words_of
from audits.services.verdicts.assessments import framework_of

# The most changes of an annex; the newest are printed.
MOST_CHANGES = 1_000
# The most characters of each text of a change.
LONGEST = 240
# A shorter text is printed on one page.
_WHOLE = 700
# An answer, its level and its note are one question.
CHANGE = "question"
_APART = (Version.Kind.NUMBER, Version.Kind.CANDIDATE)

type Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that somebody said or changed, and when."""

    what: str
    by: str
    at: datetime
    text: str

    @property
    def is_long(self) -> bool:
        """Whether its text may begin on one page and end on another."""
        return len(self.text) > _WHOLE


@dataclass(frozen=True, slots=True)
class Lines:
    """The newest lines about something, from old to new, and how many there are."""

    newest: tuple[Line, ...] = ()
    count: int = 0

    @classmethod
    def of(cls, lines: Sequence[Line | None]) -> Self:
        """Return lines given from new to old; None is one that is not printed."""
        return cls(tuple(line for line in reversed(lines) if line), len(lines))

    @property
    def left(self) -> int:
        """How many there are beside the newest."""
        return self.count - len(self.newest)

    def cut(self, noun: str) -> Iterator[str]:
        """Yield what is not printed, in words."""
        if self.left:
            yield f"{self.left} older {noun}{'s' * (self.left != 1)} not printed"


def changes_of(
    audit: Audit, removed: Iterable[tuple[str, Line]]
) -> Mapping[Key, Lines]:
    """Return the changes of an audit by what was changed, with what was removed.

    An entry that nobody changed has none: it says itself who gave it.
    """
    found: dict[Key, list[Line]] = defaultdict(list)
    for question, line in removed:
        found[CHANGE, question].append(line)
    for key, line in _changes(audit):
        found[key].append(line)
    flat = sorted(
        ((line, key) for key, lines in found.items() for line in lines),
        key=lambda each: (each[0].at, each[1], each[0].what),
        reverse=True,
    )
    kept: dict[Key, list[Line | None]] = defaultdict(list)
    for place, (line, key) in enumerate(flat):
        kept[key].append(line if place < MOST_CHANGES else None)
    return {key: Lines.of(lines) for key, lines in kept.items()}


def _changes(audit: Audit) -> Iterator[tuple[Key, Line]]:
    versions = list(Version.objects.filter(audit=audit).select_related("by"))
    of_currency = [each for each in versions if each.item == KEY]
    framework, before = framework_of(audit), dict[Key, Version]()
    for each in reversed(versions):
        earlier = before.get((each.kind, each.item))
        if not each.set_aside:
            before[each.kind, each.item] = each
        elif earlier is None:
            continue
        told = _told(framework, each, earlier, of_currency)
        if told:
            line = Line(
                what=f"{_what(each)} changed",
                by=str(each.by),
                at=each.at,
                text=told,
            )
            yield (each.kind if each.kind in _APART else CHANGE, each.item), line


def _what(version: Version) -> str:
    if version.kind == Version.Kind.CANDIDATE and version.item == TARGET:
        return "Target"
    return str(Version.Kind(version.kind).label)


def _told(
    framework: Framework,
    version: Version,
    earlier: Version | None,
    of_currency: Sequence[Version],
) -> str:
    """Return what a version changed; empty if nothing was there before."""

    def words(each: Version) -> str:
        currency = currency_then(of_currency, each)
        said = words_of(framework, each.kind, each.item, each.value, currency)
        return f"“{said[: LONGEST - 1]}…”" if len(said) > LONGEST else f"“{said}”"

    if version.set_aside:
        return f"{words(version)}, set aside: somebody else had changed it before"
    if earlier is None or earlier.value == version.value:
        return ""
    if version.value is None:
        return f"{words(earlier)} withdrawn"
    if earlier.value is None:
        return f"{words(version)}, after it had been withdrawn"
    return f"from {words(earlier)} to {words(version)}"
