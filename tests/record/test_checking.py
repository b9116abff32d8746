"""What is wrong with a chain is named, and an intact one is never complained of."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.record.checking import Check, Head
from audits.record.lines import Line
from tests.record.chains import (
    OURS,
    START,
    THEIRS,
    anchored,
    chain,
    faults,
    rechained,
    redigested,
    told,
)

OTHERS: dict[str, Any] = {
    "organization": THEIRS,
    "number": 9,
    "at": START,
    "actor": 7,
    "verb": "audit.reopened",
    "subject": "UC-0099",
    "details": {"verdict": "fine_tune", "number": 3},
    "previous": "0" * 64,
    "digest": "f" * 64,
}


def test_intact_chain_has_no_faults() -> None:
    lines = chain(6)

    assert told(lines) == told(lines, anchored(lines)) == told([]) == []


@pytest.mark.parametrize("name", OTHERS)
def test_changed_field_of_a_line_is_found(name: str) -> None:
    lines = chain(6)

    lines[2] = replace(lines[2], **{name: OTHERS[name]})

    assert (lines[2].number, "changed") in told(lines)


def test_changed_line_is_one_fault_that_says_which() -> None:
    lines = chain(6)

    lines[2] = replace(lines[2], details={"verdict": "fine_tune"})

    [fault] = faults(lines)
    assert fault.words == "Line 3 was changed, or moved here."


def test_changed_line_with_a_new_digest_breaks_the_chain_behind_it() -> None:
    lines = chain(6)

    lines[2] = redigested(replace(lines[2], verb="audit.reopened"))

    [fault] = faults(lines)
    assert (fault.number, fault.what) == (4, "unchained")
    assert "line 3 was changed or replaced" in fault.words


def test_line_below_the_first_is_found_and_the_rest_fits() -> None:
    lines = chain(6)

    zero = redigested(replace(lines[2], number=0, previous=""))

    [fault] = faults([zero, *lines], anchored(lines))
    assert (fault.number, fault.what) == (0, "added")
    assert fault.words == "Line 0 was added: a record begins with line 1."


def test_second_line_of_a_number_is_found_and_the_rest_fits() -> None:
    lines = chain(6)

    again = redigested(replace(lines[2], verb="audit.approved"))

    [fault] = faults([*lines[:3], again, *lines[3:]], anchored(lines))
    assert (fault.number, fault.what) == (3, "added")
    assert fault.words == "The record has more than one line 3."


def test_line_of_another_organization_does_not_fit() -> None:
    lines, theirs = chain(6), chain(6, THEIRS)

    lines[2] = replace(theirs[2], organization=OURS)

    assert (3, "changed") in told(lines)


def test_digest_covers_the_organization() -> None:
    [ours], [theirs] = chain(1), chain(1, THEIRS)

    assert ours.compute_digest() != theirs.compute_digest()


def test_two_swapped_lines_are_both_found() -> None:
    lines = chain(6)

    lines[1], lines[3] = (
        replace(lines[3], number=2),
        replace(lines[1], number=4),
    )

    assert [number for number, what in told(lines) if what == "changed"] == [2, 4]


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        ([0], "Line 1 is missing."),
        ([2], "Line 3 is missing."),
        ([2, 3], "Lines 3 to 4 are missing."),
    ],
)
def test_deleted_lines_are_named(gone: list[int], words: str) -> None:
    lines = [line for place, line in enumerate(chain(6)) if place not in gone]

    [fault] = faults(lines)

    assert (fault.what, fault.words) == ("missing", words)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (
            4,
            "The record ends with line 4, but the anchor of 26 November 2026 names "
            "line 6.",
        ),
        (0, "The record is gone, but the anchor of 26 November 2026 names line 6."),
    ],
)
def test_deleted_end_is_found_by_an_anchor(left: int, words: str) -> None:
    lines = chain(6)

    [fault] = faults(lines[:left], anchored(lines))

    assert (fault.number, fault.what, fault.words) == (left + 1, "cut off", words)


def test_recomputed_chain_is_found_by_an_anchor() -> None:
    lines = chain(6)
    heads = anchored(lines)

    lines[1] = replace(lines[1], verb="audit.reopened")
    lines = rechained(lines)

    assert told(lines) == []
    assert told(lines, heads) == [(6, "recomputed")]


def test_first_digits_of_a_digest_name_a_line() -> None:
    lines = chain(6)

    right = Head(4, lines[3].digest[:16], "the paper")
    wrong = Head(4, lines[4].digest[:16], "the paper")

    assert told(lines, [right]) == []
    assert told(lines, [wrong]) == [(4, "recomputed")]


def test_check_goes_on_where_an_earlier_one_stopped() -> None:
    lines = chain(6)
    after = Head(3, lines[2].digest, "the check of yesterday")

    check = Check(after=after)
    assert [fault for line in lines[3:] for fault in check.read(line)] == []
    assert list(check.end(6)) == []

    check = Check(after=replace(after, digest="0" * 64))
    assert [fault.what for fault in check.read(lines[3])] == ["unchained"]
    assert [fault.what for fault in Check(after=after).end(2)] == ["cut off"]


type Mutation = Callable[[list[Line], int], list[Line]]


def _with_other(name: str) -> Mutation:
    def mutate(lines: list[Line], place: int) -> list[Line]:
        line = lines[place]
        value = {**OTHERS, "number": line.number + 3}[name]
        if name == "at":
            value = line.at + timedelta(microseconds=1)
        return [*lines[:place], replace(line, **{name: value}), *lines[place + 1 :]]

    return mutate


def _rewritten(lines: list[Line], place: int) -> list[Line]:
    return redo(lines, place, redigested)


def redo(lines: list[Line], place: int, finish: Callable[[Line], Line]) -> list[Line]:
    line = finish(replace(lines[place], verb="other"))
    return [*lines[:place], line, *lines[place + 1 :]]


def _recomputed(lines: list[Line], place: int) -> list[Line]:
    return rechained(redo(lines, place, redigested))


def _swapped(lines: list[Line], place: int) -> list[Line]:
    other = (place + 1) % len(lines)
    a, b = lines[place], lines[other]
    swapped = list(lines)
    swapped[place] = replace(b, number=a.number)
    swapped[other] = replace(a, number=b.number)
    return swapped


MUTATIONS: dict[str, Mutation] = {
    **{f"other {name}": _with_other(name) for name in OTHERS},
    "rewritten": _rewritten,
    "recomputed": _recomputed,
    "swapped": _swapped,
    "deleted": lambda lines, place: lines[:place] + lines[place + 1 :],
    "deleted and recomputed": lambda lines, place: rechained(
        lines[:place] + lines[place + 1 :]
    ),
    "cut off": lambda lines, place: lines[:place],
    "doubled": lambda lines, place: lines[: place + 1] + lines[place:],
    "another's line": lambda lines, place: [
        *lines[:place],
        replace(chain(len(lines), UUID(int=3))[place], organization=OURS),
        *lines[place + 1 :],
    ],
}


@given(
    length=st.integers(2, 12),
    mutation=st.sampled_from(sorted(MUTATIONS)),
    data=st.data(),
)
def test_any_mutation_of_a_chain_with_an_anchor_is_found(
    length: int, mutation: str, data: st.DataObject
) -> None:
    lines = chain(length)
    place = data.draw(st.integers(0, length - 1))
    heads = [*anchored(lines[: length // 2]), *anchored(lines)]

    mutated = MUTATIONS[mutation](lines, place)

    assert told(lines, heads) == []
    assert told(mutated, heads), mutation


@given(
    details=st.dictionaries(
        st.text(max_size=4),
        st.none() | st.booleans() | st.integers() | st.text(max_size=4),
        max_size=4,
    ),
    length=st.integers(1, 9),
    after=st.integers(0, 8),
)
def test_intact_chain_never_complains(
    details: dict[str, Any], length: int, after: int
) -> None:
    lines = rechained(replace(line, details=details) for line in chain(length))
    seen = lines[min(after, length - 1)]

    check = Check(anchored(lines), Head(seen.number, seen.digest, "the last check"))
    found = [f for line in lines[seen.number :] for f in check.read(line)]

    assert told(lines, anchored(lines)) == []
    assert [*found, *check.end(length)] == []


def dated(*minutes: int) -> list[Line]:
    made = (START + timedelta(minutes=each) for each in minutes)
    return rechained(
        replace(line, at=at) for line, at in zip(chain(len(minutes)), made, strict=True)
    )


def test_line_far_before_the_one_above_it_is_dated_back() -> None:
    lines = dated(0, 300, 301, 0, 302)

    assert told(lines, anchored(lines)) == [(4, "dated back")]


def test_clock_that_is_put_back_an_hour_is_no_fault() -> None:
    assert told(dated(0, 300, 240, 241, 301)) == []


def test_line_dated_back_in_small_steps_is_found() -> None:
    assert told(dated(0, 300, 250, 200, 210)) == [(4, "dated back")]


def test_clock_that_ran_ahead_for_a_while_is_told_of_once() -> None:
    assert told(dated(0, 9000, 1, 2, 3)) == [(3, "dated back")]


def test_later_part_of_a_record_knows_the_time_of_the_part_before() -> None:
    lines = dated(0, 300, 0)
    before = lines[1]
    head = Head(before.number, before.digest, "the check of 26 November 2026")

    check = Check(after=head, latest=before.at)

    assert [fault.what for fault in check.read(lines[2])] == ["dated back"]
