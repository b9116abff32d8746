"""Whatever is changed in a file, and wherever, is noticed and named."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from audits.frameworks.loading.loader import published
from tests.examples import DEAR, DEAREST, up_to
from tests.scoring.exchange.changed_attachments import (
    PLAIN,
    RAW,
    VALUES,
    at,
    changed,
    fields,
    names,
    verified,
)
from tests.scoring.worked_numbers import TUNED_BY_TOKEN

CHECKED = ("given", "framework", "answers_hash", "assessment", "page_1")


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    parts = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    yield path
    for key, part in parts:
        yield from leaves(part, (*path, key))


PLACES = [path for name in CHECKED for path in leaves(VALUES[name], (name,))]


def named(path: tuple[Any, ...]) -> str:
    """Return a path as a message has it."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


@settings(max_examples=up_to(200, DEAREST), deadline=None)
@given(st.sampled_from(PLACES), st.data())
def test_any_changed_value_is_named(path: tuple[Any, ...], data: st.DataObject) -> None:
    was = at(path)
    other: st.SearchStrategy[Any] = st.one_of(
        st.none(), st.booleans(), st.integers(0, 99), st.text(max_size=8)
    )
    if isinstance(was, str):
        other = st.one_of(other, st.just(f"{was}x"), st.just(was[1:]))
    value = data.draw(other.filter(lambda x: type(x) is not type(was) or x != was))

    verification = verified(changed(path, value))

    assert verification.outcome != "reproduced"
    told = fields(verification)
    assert path[0] in {field.partition(".")[0] for field in told} or (
        path[0] == "given" and "answers_hash" in told
    )
    if path[0] == "assessment":
        assert any(field.startswith(named(path)) for field in told)


@settings(max_examples=up_to(200, DEAR), deadline=None)
@given(st.integers(0, len(RAW) - 1), st.integers(0, 255))
def test_any_changed_byte_is_noticed(place: int, byte: int) -> None:
    raw = RAW[:place] + bytes([byte]) + RAW[place + 1 :]

    verification = verified(raw)

    assert (verification.outcome == "reproduced") == (raw == RAW)
    assert bool(fields(verification)) == (raw != RAW)


@settings(max_examples=up_to(200, DEAR), deadline=None)
@given(st.integers(0, len(RAW)), st.binary(max_size=3), st.integers(0, 40))
def test_bytes_put_in_or_left_out_are_noticed(
    place: int, added: bytes, left_out: int
) -> None:
    raw = RAW[:place] + added + RAW[place + left_out :]

    assert (verified(raw).outcome == "reproduced") == (raw == RAW)


@settings(max_examples=up_to(300, DEAREST), deadline=None)
@given(st.sampled_from(sorted(published("fine_tuning", 1).question_by_id)), st.data())
def test_changed_answer_is_named_though_every_hash_fits(
    question: str, data: st.DataObject
) -> None:
    asked = published("fine_tuning", 1).question_by_id[question]
    picks = [tick.id for tick in asked.ticks] or [option.id for option in asked.options]
    pick = data.draw(st.sampled_from(picks))
    answer = pick if asked.kind == "one" else [pick]
    path, was = ("given", "answers", question), json.loads(PLAIN)

    verification = verified(changed(path, answer, hashed=True, raw=PLAIN))

    if verification.outcome == "reproduced":
        # Whoever makes the hash fit again is caught by the one that is printed.
        is_same = answer == was["given"]["answers"].get(question)
        assert is_same == (verification.answers_hash == was["answers_hash"])
    elif verification.assessment is None:
        assert fields(verification) == {f"given.answers.{question}"}
    else:
        # An answer that equals the computed one shows in what the rules read of it.
        told = {"Answers", "What would change it", "Blockers", "Rules"}
        assert names(verification) & told


@settings(max_examples=up_to(150, DEAREST), deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            [*TUNED_BY_TOKEN, "value_per_request", "cache_hit", "budget_month"]
        ),
        st.sampled_from(["0", "1", "0.000000001", "9999999999999999", "1E-99999", "x"]),
    )
)
def test_numbers_at_the_edge_never_raise(numbers: dict[str, str]) -> None:
    raw = changed(("given", "numbers"), numbers, hashed=True)

    assert verified(raw).outcome in ("different", "refused")


def lines_of(*starts: bytes) -> Iterator[int]:
    """Yield the place of every byte of the file's top-level parts that start so."""
    place, inside = 0, False
    for line in RAW.splitlines(keepends=True):
        if line.startswith(b' "'):
            inside = line.startswith(starts)
        if inside or line.startswith(b'  "verdict"'):
            yield from range(place, place + len(line))
        place += len(line)


NAMED = [*lines_of(b' "given"', b' "framework"', b' "answers_hash"')]


@settings(max_examples=up_to(300, DEAR), deadline=None)
@given(st.sampled_from(NAMED), st.integers(0, 255))
def test_changed_byte_of_answers_framework_or_verdict_is_told_by_its_field(
    place: int, byte: int
) -> None:
    raw = RAW[:place] + bytes([byte]) + RAW[place + 1 :]

    verification = verified(raw)

    told = {field.partition(".")[0] for field in fields(verification)}
    assert told & {
        "given",
        "answers_hash",
        "framework",
        "assessment",
        "assessment.json",
    } or (raw == RAW)
    if verification.checks and raw != RAW and json.loads(raw) != VALUES:
        assert names(verification) & {"Framework", "Answers", "Verdict"}
