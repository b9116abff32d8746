"""What somebody did to a candidate between two of its states, in words."""

from collections.abc import Iterator
from decimal import Decimal

from audits.scoring.scored.candidates import ReplacedResult
from audits.scoring.scored.kinds import KIND_NAMES


def what_was_done(earlier: ReplacedResult, later: ReplacedResult) -> Iterator[str]:
    """Yield what was done to a candidate, apart from its result.

    >>> earlier = ReplacedResult(kind="stronger", cases=90, passed=86)
    >>> later = ReplacedResult(kind="tuned", cases=90, passed=86, is_allowed=False)
    >>> for done in what_was_done(earlier, later):
    ...     print(done)
    marked as not allowed in production
    called “Tuned or distilled model” instead of “Stronger model”
    """
    yield from _removed(earlier, later)
    if earlier.is_allowed != later.is_allowed:
        yield f"marked as {'' if later.is_allowed else 'not '}allowed in production"
    if earlier.kind != later.kind:
        names = KIND_NAMES[later.kind], KIND_NAMES[earlier.kind]
        yield "called “{}” instead of “{}”".format(*names)
    if earlier.model != later.model:
        yield _given("name", _quoted(later.model), _quoted(earlier.model))
    if earlier.cost != later.cost:
        yield _given("cost of a call", _dollars(later.cost), _dollars(earlier.cost))
    if earlier.p95_ms != later.p95_ms:
        time = "time of 95 of 100 calls"
        yield _given(time, _time(later.p95_ms), _time(earlier.p95_ms))
    if earlier.is_claim != later.is_claim:
        lacks, has = "left without a day or who ran it", "given a day and who ran it"
        yield lacks if later.is_claim else has


def _removed(earlier: ReplacedResult, later: ReplacedResult) -> Iterator[str]:
    if later.is_wrong and not earlier.is_wrong:
        yield "removed with its whole file as a wrong one"
    elif later.is_removed and not earlier.is_removed:
        yield "removed"
    elif later.is_removed and earlier.is_wrong and not later.is_wrong:
        yield "removed without the rest of its file"
    elif earlier.is_removed and not later.is_removed:
        yield "put back"


def _given(what: str, new: str, old: str) -> str:
    """Return that something was given, exchanged or taken away.

    >>> _given("name", "“a”", ""), _given("name", "", "“a”")
    ('given the name “a”', 'left without the name “a”')
    """
    if not new:
        return f"left without the {what} {old}"
    return f"given the {what} {new}{f' instead of {old}' if old else ''}"


def _quoted(name: str) -> str:
    return f"“{name}”" if name else ""


def _dollars(cost: Decimal | None) -> str:
    return "" if cost is None else f"${cost.normalize():f}"


def _time(time: int | None) -> str:
    return "" if time is None else f"{time:,} ms"
