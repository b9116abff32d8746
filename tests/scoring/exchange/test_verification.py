"""A file is reproduced, or what is wrong with it is named."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import published
from audits.scoring.exchange.verification import verify
from tests.examples import some_of
from tests.scoring.exchange.changed_attachments import (
    ANSWERS,
    LEVELS,
    RAW,
    VALUES,
    at,
    changed,
    fields,
    names,
    verified,
)
from tests.scoring.exchange.made_attachments import CASES, attachment
from tests.scoring.worked_numbers import TUNED_BY_TOKEN

PAGE_1 = "Decision and amounts of page 1"


@pytest.mark.parametrize("answers", some_of(CASES, 8))
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


CHECKED = ("assessment", "costs", "plan", "checked")


def test_equal_prices_that_were_checked_again_later_are_reproduced() -> None:
    before = changed(CHECKED, "2026-10-01", hashed=True)

    assert verified(before).outcome == "reproduced"


def test_check_of_prices_that_this_installation_does_not_know_is_named() -> None:
    verification = verified(changed(CHECKED, "2030-01-01", hashed=True))

    assert verification.outcome == "different"
    assert fields(verification) == {"assessment.costs.plan.checked"}


def test_decision_that_the_author_wrote_is_taken_from_the_file() -> None:
    sentence = "Fund a trial until May."
    raw = attachment(ANSWERS, LEVELS, TUNED_BY_TOKEN, decision=sentence)
    written = verified(raw)
    worded = verified(RAW)

    assert written.outcome == worded.outcome == "reproduced"
    assert written.says is not None
    assert worded.says is not None
    assert written.says.decision == sentence
    assert (written.says.decision_by, worded.says.decision_by) == (
        "author",
        "framework",
    )
    assert written.says.amounts == worded.says.amounts


@pytest.mark.parametrize("decision", ["x" * 401, ["x"], ""])
def test_decision_that_no_author_can_write_is_different(decision: object) -> None:
    page = {**VALUES["page_1"], "decision": decision, "decision_by": "author"}

    assert names(verified(changed(("page_1",), page, hashed=True))) == {PAGE_1}


@pytest.mark.parametrize("record", [None, "x", {"digest": 1}, {"digest": "A" * 64}])
def test_record_line_that_is_none_is_left_out(record: object) -> None:
    assert verified(changed(("report", "record"), record, hashed=True)).record == ""


def test_record_line_is_that_of_the_file() -> None:
    line = {"line": 7, "digest": "ab" * 32}

    verification = verified(changed(("report", "record"), line, hashed=True))

    assert verification.record == "ab" * 32


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
        (("assessment", "context_layer"), "rag", "What goes into the prompt"),
        (("assessment", "trained_layer"), "x", "Trained layer"),
        (("assessment", "trace", "reasons", 0, "standing"), "x", "Reasons"),
        (("assessment", "trace", "blockers", 0, "outcome"), "x", "Blockers"),
        (("assessment", "trace", "verdict_rules", 0, "outcome"), "x", "Rules"),
        (("assessment", "trace", "context_rules", 0, "read"), [], "Rules"),
        (("assessment", "confidence"), "x", "Completeness"),
        (("assessment", "flips"), [], "What would change it"),
        (("assessment", "costs", "plan", "techniques"), [], "Costs"),
        (("assessment", "costs"), None, "Costs"),
        (("assessment", "headline"), "Train", "Verdict"),
        (("assessment", "lead"), "Train", "The rest"),
        (("assessment", "codes", "goal"), ["style"], "Answers"),
        (("assessment", "levels", "goal"), "measured", "Answers"),
        (("page_1", "amounts"), [], PAGE_1),
        (("page_1", "amounts", 0, "year", "expected"), "6,484", PAGE_1),
        (("page_1", "decision"), "Approve it.", PAGE_1),
        (("page_1", "note"), "", PAGE_1),
        (("page_1",), None, PAGE_1),
        (("assessment", "version"), 3, "Framework"),
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
        ("version", 3, "no framework fine_tuning, version 3"),
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


def test_known_framework_of_another_version_is_told_among_several() -> None:
    both = {
        ("coarse_tuning", 1): published("fine_tuning", 1),
        ("fine_tuning", 1): published("fine_tuning", 1),
    }

    verification = verify(changed(("framework", "version"), 3, hashed=True), both)

    assert [why.field for why in verification.refused] == ["framework.version"]


def test_framework_of_the_same_version_but_another_hash_is_refused() -> None:
    other = replace(published("fine_tuning", 2), content_hash="f" * 64)

    verification = verify(RAW, {("fine_tuning", 2): other})

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
        (("given", "numbers"), None, "given.numbers", "missing"),
        (("given", "answers", "goal"), {}, "given.answers", "missing or invalid"),
        (("given", "answers", "goal"), "x" * 65, "given.answers", "missing or invalid"),
        (("given", "answers", "gaol"), "x", "given.answers.gaol", 'mean "goal"'),
        (("given", "answers", "latency"), "no", "given.answers.latency", "not one of"),
        (("given", "levels", "goal"), "sworn", "given.levels.goal", "one of asserted"),
        (("given", "levels", "gaol"), "asserted", "given.levels.gaol", "no such"),
        (("given", "numbers", "requests"), "many", "given.numbers.requests", "number"),
        (("given", "numbers", "requests"), "-1", "given.numbers.requests", "0 or more"),
        (("given", "numbers", "requests"), "NaN", "given.numbers.requests", "number"),
        (
            ("given", "numbers", "requests"),
            "1e999",
            "given.numbers.requests",
            "too large",
        ),
        (("given", "numbers", "requests"), ["1"], "given.numbers.requests", "as text"),
        (("given", "on"), None, "given.on", "a day like"),
        (("given", "on"), "2026-02-30", "given.on", "a day like"),
        (("given", "on"), "9999-12-31", "given.on", "a day like"),
        (("given", "on"), "2021-12-31", "given", "outside"),
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
