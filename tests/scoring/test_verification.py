"""A file is reproduced, or what is wrong with it is named."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.frameworks.evaluation import Code
from audits.frameworks.loader import current, shipped
from audits.scoring import provenance
from audits.scoring.verification import Verification, verify
from tests.scoring.made_attachments import CASES, attachment
from tests.scoring.worked_numbers import TUNED_BY_TOKEN

LEVELS = {"latency_evidence": "measured", "goal": "asserted", "volume": "documented"}
ANSWERS: dict[str, Code] = {
    **CASES[0],
    "goal": ("cost_latency",),
    "latency": "hard",
    "latency_evidence": "missed",
    "mlops": ("versioned", "suite"),
}
RAW = attachment(ANSWERS, LEVELS, TUNED_BY_TOKEN)
VALUES: dict[str, Any] = json.loads(RAW)
CHECKED = ("given", "framework", "answers_hash", "assessment")


def verified(raw: bytes) -> Verification:
    return verify(raw, shipped())


def fields(verification: Verification) -> set[str]:
    """Return all that is named as wrong."""
    found = [d for check in verification.checks for d in check.differences]
    return {d.field for d in (*found, *verification.refused)}


def names(verification: Verification) -> set[str]:
    return {check.name for check in verification.differing}


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


def changed(path: tuple[Any, ...], value: Any, *, hashed: bool = False) -> bytes:
    """Return the file with one value changed, and if so with the hashes made to fit."""
    values = json.loads(RAW)
    parent = values
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = value
    if hashed:
        values["answers_hash"] = provenance.digest(values["given"])
        values["file_hash"] = provenance.digest(
            {name: x for name, x in values.items() if name != "file_hash"}
        )
    return provenance.written(values)


def at(path: tuple[Any, ...]) -> Any:
    value: Any = VALUES
    for key in path:
        value = value[key]
    return value


def named(path: tuple[Any, ...]) -> str:
    """Return a path as a message has it."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


@pytest.mark.parametrize("answers", CASES)
def test_published_case_is_reproduced(answers: dict[str, Code]) -> None:
    verification = verified(attachment(answers))

    assert verification.outcome == "reproduced"
    assert [check.name for check in verification.checks if not check.holds] == []


def test_case_with_costs_levels_and_hidden_answers_is_reproduced() -> None:
    verification = verified(RAW)

    assert verification.outcome == "reproduced"
    assert verification.answers_hash == VALUES["answers_hash"]
    assert verification.number == "UC-0007"
    assert verification.assessment is not None
    assert verification.assessment.costs is not None
    assert "mlops" in VALUES["given"]["answers"]


@pytest.mark.parametrize("day", [date(2022, 1, 1), date(2024, 2, 29)])
def test_paper_of_another_day_is_reproduced_on_its_day(day: date) -> None:
    assert verified(attachment(ANSWERS, on=day)).outcome == "reproduced"


@settings(max_examples=200, deadline=None)
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


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(RAW) - 1), st.integers(0, 255))
def test_any_changed_byte_is_noticed(place: int, byte: int) -> None:
    raw = RAW[:place] + bytes([byte]) + RAW[place + 1 :]

    verification = verified(raw)

    assert (verification.outcome == "reproduced") == (raw == RAW)
    assert bool(fields(verification)) == (raw != RAW)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(RAW)), st.binary(max_size=3), st.integers(0, 40))
def test_bytes_put_in_or_left_out_are_noticed(
    place: int, added: bytes, left_out: int
) -> None:
    raw = RAW[:place] + added + RAW[place + left_out :]

    assert (verified(raw).outcome == "reproduced") == (raw == RAW)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(current().asked)), st.data())
def test_changed_answer_is_named_though_every_hash_fits(
    question: str, data: st.DataObject
) -> None:
    asked = current().asked[question]
    picks = [tick.id for tick in asked.ticks] or [option.id for option in asked.options]
    pick = data.draw(st.sampled_from(picks))
    answer = pick if asked.kind == "one" else [pick]
    path = ("given", "answers", question)

    verification = verified(changed(path, answer, hashed=True))

    if verification.outcome == "reproduced":
        # Whoever makes the hash fit again is caught by the one that is printed.
        is_same = answer == VALUES["given"]["answers"].get(question)
        assert is_same == (verification.answers_hash == VALUES["answers_hash"])
    elif verification.assessment is None:
        assert fields(verification) == {f"given.answers.{question}"}
    else:
        assert names(verification) & {"Answers", "What would change it"}


def test_another_verdict_is_named_though_every_hash_fits() -> None:
    path = ("assessment", "verdict")

    verification = verified(changed(path, "fine_tune", hashed=True))

    assert verification.outcome == "different"
    assert names(verification) == {"Verdict"}
    assert fields(verification) == {"assessment.verdict"}
    [difference] = verification.differing[0].differences
    assert difference.sentence == (
        f"The file says “fine_tune”; recomputed, it is “{at(path)}”."
    )


@pytest.mark.parametrize(
    ("path", "value", "check"),
    [
        (("assessment", "context_layer"), "rag", "Context layer"),
        (("assessment", "trained_layer"), "x", "Trained layer"),
        (("assessment", "trace", "reasons", 0, "standing"), "x", "Reasons"),
        (("assessment", "trace", "blockers", 0, "outcome"), "x", "Blockers"),
        (("assessment", "trace", "verdict_rules", 0, "outcome"), "x", "Rules"),
        (("assessment", "trace", "context_rules", 0, "read"), [], "Rules"),
        (("assessment", "confidence"), "x", "Confidence"),
        (("assessment", "flips"), [], "What would change it"),
        (("assessment", "costs", "plan", "techniques"), [], "Costs"),
        (("assessment", "costs"), None, "Costs"),
        (("assessment", "headline"), "Train", "Verdict"),
        (("assessment", "lead"), "Train", "The rest"),
        (("assessment", "codes", "goal"), ["style"], "Answers"),
        (("assessment", "levels", "goal"), "measured", "Answers"),
        (("assessment", "version"), 2, "Framework"),
        (("assessment", "content_hash"), "0" * 64, "Framework"),
    ],
)
def test_each_part_is_told_by_its_name(
    path: tuple[Any, ...], value: Any, check: str
) -> None:
    verification = verified(changed(path, value, hashed=True))

    assert verification.outcome == "different"
    assert names(verification) == {check}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "fine_tuning/../fine_tuning", "has no framework fine_tuning/../"),
        ("name", "coarse_tuning", "It has fine_tuning, version 1"),
        ("version", 2, "no framework fine_tuning, version 2"),
        ("version", True, "no framework fine_tuning, version true"),
        ("version", "1", "no framework fine_tuning, version 1"),
        ("hash", "0" * 64, "The file says 000000000000…"),
    ],
)
def test_framework_that_is_not_here_is_refused(
    field: str, value: Any, said: str
) -> None:
    verification = verified(changed(("framework", field), value, hashed=True))

    assert verification.outcome == "refused"
    assert verification.assessment is None
    [why] = verification.refused
    assert why.field == f"framework.{field}"
    assert said in why.sentence


def test_framework_of_the_same_version_but_another_hash_is_refused() -> None:
    other = replace(current(), content_hash="f" * 64)

    verification = verify(RAW, {("fine_tuning", 1): other})

    assert [why.field for why in verification.refused] == ["framework.hash"]


@pytest.mark.parametrize(
    ("path", "value", "field", "said"),
    [
        (("format",), "attune.assessment/2", "format", "must be attune.assessment/1"),
        (("report",), None, "report.number", "missing"),
        (("report", "number"), ["x"], "report.number", "missing"),
        (("framework",), [], "framework.name", "missing"),
        (("given",), None, "given.answers", "missing"),
        (("given", "answers"), [], "given.answers", "missing"),
        (("given", "answers", "goal"), {}, "given.answers", "not as it must be"),
        (("given", "answers", "goal"), "x" * 65, "given.answers", "not as it must be"),
        (("given", "answers", "gaol"), "x", "given.answers.gaol", 'mean "goal"'),
        (("given", "answers", "latency"), "no", "given.answers.latency", "not one of"),
        (("given", "levels", "goal"), "sworn", "given.levels.goal", "one of asserted"),
        (("given", "levels", "gaol"), "asserted", "given.levels.gaol", "no such"),
        (("given", "numbers", "requests"), "many", "given.numbers.requests", "number"),
        (("given", "numbers", "requests"), "-1", "given.numbers.requests", "0 or more"),
        (("given", "numbers", "requests"), "NaN", "given.numbers.requests", "number"),
        (("given", "numbers", "requests"), "1e999", "given.numbers.requests", "larger"),
        (("given", "numbers", "requests"), ["1"], "given.numbers.requests", "as text"),
        (("given", "on"), None, "given.on", "a day like"),
        (("given", "on"), "2026-02-30", "given.on", "a day like"),
        (("given", "on"), "9999-12-31", "given.on", "a day like"),
        (("given", "on"), "2021-12-31", "given", "beyond"),
    ],
)
def test_what_cannot_be_recomputed_with_is_named(
    path: tuple[Any, ...], value: Any, field: str, said: str
) -> None:
    verification = verified(changed(path, value, hashed=True))

    assert verification.outcome == "refused"
    assert verification.refused[0].field == field
    assert said in verification.refused[0].sentence


def test_changed_report_is_noticed_by_the_hash_of_the_file() -> None:
    verification = verified(changed(("report", "number"), "UC-0008"))

    assert fields(verification) == {"file_hash"}


def test_other_writing_of_the_same_values_is_noticed() -> None:
    raw = RAW.replace(b'"UC-0007"', b'"UC-000\\u0037"')

    verification = verified(raw)

    assert fields(verification) == {"assessment.json"}
    line = RAW[: RAW.index(b'"UC-0007"')].count(b"\n") + 1
    [difference] = verification.differing[0].differences
    assert f"Line {line} " in difference.sentence


def test_what_was_added_is_named() -> None:
    raw = changed(("assessment", "approved\u202e"), "yes", hashed=True)

    assert fields(verified(raw)) == {'assessment."approved\\u202e"'}


def test_short_list_of_differences_is_told_whole() -> None:
    raw = changed(("assessment", "verdict"), "fine_tune", hashed=True)

    checks = verified(raw).differing

    assert checks
    assert {check.more for check in checks} == {0}


def test_long_list_of_differences_is_cut_and_counted() -> None:
    raw = changed(("assessment", "costs"), {str(n): n for n in range(50)}, hashed=True)

    [costs] = verified(raw).differing

    assert len(costs.differences) == 20
    assert costs.more > 20


@settings(max_examples=150, deadline=None)
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


@settings(max_examples=300, deadline=None)
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
