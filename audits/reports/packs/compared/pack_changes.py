"""What changed between two packs with the same filter, and the known reasons."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.utils.formats import date_format

from audits.frameworks.named import NamedVerdict, named
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.services.board.before_pack import decisions_in

# The frozen data of each use case, by its id; see BoardPack.verdicts.
Frozen = Mapping[str, Mapping[str, Any]]
_NAMED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The pack that this one is compared with: whose it was, and when, locally."""

    meeting: str
    requested_by: str
    frozen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A use case whose verdict has changed; None is “Not scored yet”."""

    name: str
    then: NamedVerdict | None
    now: NamedVerdict | None
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed since an earlier pack; `new` and `gone` count use cases.

    `decided` says what the board decided since then. `asked_new` names what is put to
    the board only now, `asked_gone` what was then and is not now, and
    `asked_for` says how much more or less is asked for in all.
    """

    since: Earlier
    verdicts: tuple[Change, ...]
    new: int
    gone: int
    decided: tuple[str, ...] = ()
    asked_new: tuple[str, ...] = ()
    asked_gone: tuple[str, ...] = ()
    asked_for: str = ""


def changes(
    framework: Framework,
    then: Frozen,
    now: Frozen,
    names: Mapping[str, str],
    since: Earlier,
) -> Changes:
    """Compare the verdicts of two packs.

    Args:
        framework: Has the words.
        then: The data of the earlier pack.
        now: The data of this pack.
        names: The use cases' names by id.
        since: The earlier pack.
    """
    both = [i for i in now if i in then]
    called = {
        i: (words_of(framework, then[i]), words_of(framework, now[i])) for i in both
    }
    changed = [i for i, (before, after) in called.items() if before != after]
    return Changes(
        since=since,
        verdicts=tuple(
            Change(
                name=names.get(i, ""),
                then=called[i][0],
                now=called[i][1],
                cause=cause(framework, then[i], now[i]),
            )
            for i in sorted(changed, key=lambda i: (names.get(i, ""), i))
        ),
        new=len(now) - len(both),
        gone=len(then) - len(both),
        decided=tuple(_decided(then, now, names)),
    )


def _decided(then: Frozen, now: Frozen, names: Mapping[str, str]) -> Iterator[str]:
    """Yield each decision of the board that only this pack has, with its use case."""
    for i in sorted(now, key=lambda i: (names.get(i, ""), i)):
        known = {each["id"] for each in decisions_in(then.get(i, {}))}
        for each in decisions_in(now[i]):
            if each["id"] not in known:
                day = date_format(date.fromisoformat(each["on"]), "j F Y")
                yield f"“{names.get(i, '')}”: {each['said']}, on {day}"


def words_of(framework: Framework, frozen: Mapping[str, Any]) -> NamedVerdict | None:
    """Return what a frozen verdict is called, or None if there is none yet."""
    words = framework.verdicts.get(cast("Verdict", frozen["verdict"]))
    if words is None:
        return None
    first = frozen.get("comes_first", "")
    return named(words.family, words.mark, words.name, first)


def cause(framework: Framework, then: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Say which inputs of a verdict changed; there may be several.

    Nothing is assessed again, so this does not say which of them changed the verdict.
    """
    if not then["verdict"]:
        return "First answers"
    said = []
    if then["framework"] != now["framework"]:
        said.append("The framework version changed")
    if moved := _changed_answers(framework, then["answers"], now["answers"]):
        said.append(f"Answers changed: {moved}")
    if then["given"] != now["given"]:
        said.append("Evidence levels or numbers changed")
    if then["on"] != now["on"] and now["on"]:
        day = date_format(date.fromisoformat(now["on"]), "j F Y")
        said.append(f"The market facts are now of {day}")
    return "; ".join(said) or "Not known"


def _changed_answers(
    framework: Framework, then: Mapping[str, Any], now: Mapping[str, Any]
) -> str:
    labels = [
        question.label
        for question in framework.questions
        if then.get(question.id) != now.get(question.id)
    ]
    more = len(labels) - _NAMED
    said = ", ".join(labels[:_NAMED])
    return f"{said} and {more} more" if more > 0 else said
