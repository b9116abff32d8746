import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from audits.frameworks.answering import flow
from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import PACKS, current
from tests.scoring.exchange.test_proposal_lines import OFFER
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CASES = PACKS / "fine_tuning" / "v2.cases.jsonl"
OLD_CASES = PACKS / "fine_tuning" / "v1.cases.jsonl"


def run(
    capsys: pytest.CaptureFixture[str], file: Path, *options: str
) -> tuple[list[dict[str, Any]], str]:
    """Return the answered lines, and what was said on the error output."""
    call_command("assess", str(file), *options)
    out, err = capsys.readouterr()
    return [json.loads(line) for line in out.splitlines()], err


def training_line(**more: Any) -> str:
    line = {"facts": TRAINING_CASE, "levels": TRAINING_LEVELS} | more
    return json.dumps(line)


def write(folder: Path, *lines: str) -> Path:
    file = folder / "facts.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    return file


@pytest.mark.thorough
def test_line_is_answered_with_what_was_promised(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [answer], _ = run(capsys, write(tmp_path, training_line(id="a")))

    flips = answer.pop("flips")
    flip = {"changes": {"platform": "unavailable"}, "verdict": "prompt_long_context"}
    assert any(flip.items() <= each.items() for each in flips)
    assert answer == {
        "id": "a",
        "verdict": "fine_tune",
        "context_layer": "prompt_long_context",
        "trained_layer": "fine_tune",
        "reasons": {"measured": ["X1"], "claimed": []},
        "blockers": [],
        "component": "generator",
        "step": "optimised",
        "training_kind": "sft",
        "serving": "managed_open_weights",
        "standing": "approve",
        "subject_to": [],
        "destination": None,
        "experiments": [],
        "triggers": [],
        "still_possible": ["fine_tune"],
        "completeness": {
            "settled": True,
            "can_change": [],
            "known": len(TRAINING_CASE),
            "applicable": len(flow.applying(current(), read(current(), TRAINING_CASE))),
        },
        "evidence_strength": "solid_test",
        "literal": {"holding": 1, "agrees": True},
        "evidence_plan": [],
    }


def test_line_without_levels_says_what_to_measure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [answer], _ = run(capsys, write(tmp_path, training_line(levels={})))

    assert answer["verdict"] == "gather_evidence"
    assert answer["reasons"] == {"measured": [], "claimed": ["X1"]}
    assert answer["experiments"] != []
    assert answer["completeness"]["settled"] is False
    assert answer["evidence_strength"] == "said"


@pytest.mark.thorough
def test_line_of_version_1_is_answered_with_its_confidence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answers, _ = run(capsys, OLD_CASES, "--framework", "fine_tuning:1")

    assert {answer["confidence"] for answer in answers} <= {"high", "medium", "low"}
    assert all("completeness" not in answer for answer in answers)


@pytest.mark.thorough
def test_published_cases_are_all_answered(capsys: pytest.CaptureFixture[str]) -> None:
    cases = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]

    answers, err = run(capsys, CASES)

    assert err == ""
    assert [a["id"] for a in answers] == [case["id"] for case in cases]
    acceptable = sum(
        answer["verdict"] in case["acceptable_verdicts"]
        for answer, case in zip(answers, cases, strict=True)
    )
    assert acceptable >= 43


def test_explain_adds_every_step_with_what_it_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path, training_line())

    [answer], _ = run(capsys, file, "--explain")

    fired = {step["id"]: step for step in answer["trace"] if step["outcome"] == "fired"}
    assert answer["headline"] == (
        "Go ahead and fine-tune: train a model on reviewed examples. Meanwhile use "
        "the best approach that you tested, but only where people check every answer."
    )
    assert set(fired) == {"X1", "best_scored", "train"}
    assert fired["X1"]["read"]["quality_gap"] == "Large"


@pytest.mark.parametrize(
    ("day", "verdict"),
    [("2022-12-01", "fine_tune_after_mlops"), ("2026-11-24", "few_shot")],
)
def test_day_decides_between_equal_facts(
    capsys: pytest.CaptureFixture[str], day: str, verdict: str
) -> None:
    method = ("--framework", "fine_tuning:1")
    answers, _ = run(capsys, OLD_CASES, "--on", day, "--explain", *method)

    [honeycomb] = [answer for answer in answers if answer["id"] == "honeycomb"]
    [reason] = [step for step in honeycomb["trace"] if step["id"] == "C1"]
    assert honeycomb["verdict"] == verdict
    assert "6 August 2024" in reason["read"]["enforced_output"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            '{"facts": {"volume": "loads"}}',
            'facts.volume: "loads" is not one of lt_10k, 10k_100k, 100k_1m, 1m_10m, '
            "gt_10m, unknown",
        ),
        (
            '{"facts": {"volum": "lt_10k"}}',
            'facts.volum: no such question (did you mean "volume"?)',
        ),
        (
            '{"facts": {"goal": "style"}}',
            "facts.goal: a list of up to 3 of knowledge, format, style, consistency, "
            "task_skill, reasoning_agent, cost_latency",
        ),
        ('{"facts": {"state": 3}}', "facts.state: 3 is not one of none, planned"),
        ('{"facts": {"state": ["none"]}}', "facts.state: one of none, planned"),
        ('{"facts": {"goal": []}}', "facts.goal: 1 to 3 of knowledge"),
        ('{"facts": {"goal": ["style", "style"]}}', "facts.goal: each may be given"),
        ('{"facts": []}', "facts: must be an object"),
        ("[]", "facts: must be an object"),
        ("{", "not JSON:"),
    ],
)
def test_wrong_line_is_explained_and_the_others_are_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, message: str
) -> None:
    right = json.dumps({"id": "right", "facts": {}})
    file = write(tmp_path, right, "", line, right)

    with pytest.raises(SystemExit) as end:
        call_command("assess", str(file))

    out, err = capsys.readouterr()
    assert end.value.code == 2
    assert [json.loads(answer)["id"] for answer in out.splitlines()] == ["right"] * 2
    assert err.startswith(f"line 3: {message}")


def test_wrong_offer_is_named_with_its_line_and_the_others_are_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(
        tmp_path,
        training_line(proposal=OFFER),
        training_line(proposal={**OFFER, "price": 5}),
    )

    with pytest.raises(SystemExit, match="2"):
        call_command("assess", str(file), "--on", "2026-11-24")

    out, err = capsys.readouterr()
    [told] = [json.loads(line) for line in out.splitlines()]
    assert told["proposal"]["by"] == "Nordlys"
    assert "line 2: proposal.price: no such part" in err


def test_day_before_the_landscape_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"--on: .*2022") as refusal:
        call_command("assess", str(write(tmp_path, "{}")), "--on", "2021-12-31")

    assert refusal.value.returncode == 2


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_unreadable_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "facts.jsonl"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError, match=r"facts\.jsonl") as refusal:
        call_command("assess", str(file))

    assert refusal.value.returncode == 2


def assess_with(database: str, file: Path) -> "subprocess.CompletedProcess[str]":
    """Run the command as a person does, on a database of its own."""
    return subprocess.run(
        [sys.executable, "manage.py", "assess", str(file)],
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": database},
        check=False,
    )


@pytest.mark.thorough
def test_database_without_tables_has_the_built_in_facts(tmp_path: Path) -> None:
    file = write(tmp_path, training_line(id="a"))

    done = assess_with(f"sqlite:///{tmp_path / 'empty.sqlite3'}", file)

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["verdict"] == "fine_tune"


@pytest.mark.thorough
def test_database_that_does_not_answer_stops_it(tmp_path: Path) -> None:
    file = write(tmp_path, training_line(id="a"))

    done = assess_with(f"sqlite:///{tmp_path / 'none' / 'x.sqlite3'}", file)

    assert (done.returncode, done.stdout) == (2, "")
    assert "nobody knows which market facts are in force" in done.stderr
