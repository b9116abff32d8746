"""Mutants of a framework file: options, statuses, numbers, signs, order of rules.

Nothing else is changed. Words decide nothing. Another id is refused, or means the same.
The order counts only of tables whose first matching row is taken. An option that leaves
its question open (`is_open`) passes no test, so it is put into no list.
"""

import dataclasses
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from audits.frameworks.conditions import ReasonStatus
from audits.frameworks.questions import Computed, Question
from audits.frameworks.schema import Framework
from tests.mutation.mutants import Mutant, replace

ANSWER = re.compile(rb"\{(?:question|proven|lacks): (\w+), (\w+): (\[[^\]]*\]|\w+)\}")
STANDINGS: tuple[ReasonStatus, ...] = ("measured", "claimed", "absent")
NUMBER = re.compile(
    rb"(?:ticks_at_least|high_unknowns|medium_unknowns|market: \w+, at_least): (\d+)"
)
TRUTH = re.compile(rb"(?:known|exists|blocked|not_yet): (true|false)")
# Their first matching row is taken.
TABLES = (
    *("context_rules", "verdict_rules", "step_rules", "training_kinds", "servings"),
    *(
        "destinations",
        "deadlines",
        "interim",
        "label_sources",
        "strengths",
        "ruled_out",
    ),
)
PUSHES = re.compile(rb"push: \{([^}]*)\}")


def framework_mutants(
    file: str, source: bytes, framework: Framework
) -> Iterator[Mutant]:
    """Yield every mutant of the file, with the few that the loader refuses."""
    yield from _Finder(file, source, framework).mutants()


def _several(item: Question | Computed) -> bool:
    return isinstance(item, Question) and item.kind == "several"


def _rules(source: bytes) -> Iterator[tuple[int, str]]:
    """Yield where each row of each table begins, with both names."""
    table = ""
    for place in re.finditer(rb"^(?:(\w+):|  - \{?id: (\w+))", source, re.MULTILINE):
        if place[1]:
            table = place[1].decode()
        yield place.start(), f"{table} {(place[2] or b'').decode()}"


class _Finder:
    def __init__(self, file: str, source: bytes, framework: Framework) -> None:
        self.file, self.source, self.framework = file, source, framework

    def mutants(self) -> Iterator[Mutant]:
        found = (
            *self._answers(),
            *self._lists(rb"stands: (\[[^\]]*\])", STANDINGS),
            *self._lists(
                rb"only_reasons: (\[[^\]]*\])", [r.id for r in self.framework.reasons]
            ),
            *self._words(rb"any_reason: (measured|claimed)", ("measured", "claimed")),
            *self._words(rb"\{(all|any): \[", ("all", "any")),
            *self._words(TRUTH.pattern, ("true", "false")),
            *self._numbers(),
            *self._signs(),
            *(mutant for table in TABLES for mutant in self._order(table)),
        )
        rules = list(_rules(self.source))
        for mutant in sorted(found, key=lambda mutant: mutant.start):
            rule = rules[bisect_right(rules, mutant.start, key=itemgetter(0)) - 1][1]
            yield dataclasses.replace(mutant, rule=rule)

    def _answers(self) -> Iterator[Mutant]:
        for place in ANSWER.finditer(self.source):
            question, test, told = (part.decode() for part in place.groups())
            item = self.framework.answerable[question]
            options = [o.id for o in item.options]
            closed = [o.id for o in item.options if not o.is_open]
            if test == "at_least":
                at = options.index(told)
                for other in [*options[max(at - 1, 0) : at], *options[at + 1 : at + 2]]:
                    yield self._at(place.start(3), place.end(3), other.encode())
            elif test == "is":
                for other in (o for o in closed if o != told):
                    by = f"in: [{told}, {other}]".encode()
                    yield self._at(place.start(2), place.end(3), by)
            elif test != "known":
                yield from self._list(place, 3, options if _several(item) else closed)

    def _lists(self, pattern: bytes, allowed: Sequence[str]) -> Iterator[Mutant]:
        for place in re.finditer(pattern, self.source):
            yield from self._list(place, 1, allowed)

    def _list(
        self, place: re.Match[bytes], group: int, allowed: Sequence[str]
    ) -> Iterator[Mutant]:
        """Yield the list without each of its items, and with each that it lacks."""
        items = place[group].decode().strip("[]").split(", ")
        fewer = [[i for i in items if i != out] for out in items if len(items) > 1]
        more = [[*items, i] for i in allowed if i not in items]
        for changed in (*fewer, *more):
            by = f"[{', '.join(changed)}]".encode()
            yield self._at(place.start(group), place.end(group), by)

    def _words(self, pattern: bytes, pair: tuple[str, str]) -> Iterator[Mutant]:
        for place in re.finditer(pattern, self.source):
            other = pair[1] if place[1].decode() == pair[0] else pair[0]
            yield self._at(place.start(1), place.end(1), other.encode())

    def _numbers(self) -> Iterator[Mutant]:
        for place in NUMBER.finditer(self.source):
            for other in (int(place[1]) - 1, int(place[1]) + 1):
                yield self._at(place.start(1), place.end(1), str(other).encode())

    def _signs(self) -> Iterator[Mutant]:
        for pushes in PUSHES.finditer(self.source):
            for place in re.compile(rb"-?\d").finditer(
                self.source, pushes.start(1), pushes.end(1)
            ):
                by = str(-int(place[0])).encode()
                yield self._at(place.start(), place.end(), by)

    def _order(self, table: str) -> Iterator[Mutant]:
        """Yield the table with each neighbouring pair of its rows exchanged."""
        title = f"\n{table}:\n".encode()
        head = self.source.index(title) + len(title)
        rows = re.compile(rb"(?:  .*\n)+").match(self.source, head)
        if rows is None:
            raise AssertionError(table)
        places = list(re.finditer(rb"  - .*\n(?:    .*\n)*", rows[0]))
        for first, second in pairwise(places):
            start, end = head + first.start(), head + second.end()
            line = self.source.count(b"\n", 0, start) + 1
            names = [re.findall(rb"id: (\w+)", p[0])[0].decode() for p in places]
            at = places.index(first)
            what = f"{table}: “{names[at + 1]}” comes before “{names[at]}”"
            yield Mutant(self.file, start, end, second[0] + first[0], line, what)

    def _at(self, start: int, end: int, by: bytes) -> Mutant:
        return replace(self.file, self.source, start, end, by)
