import shutil
import sys
from pathlib import Path

import pytest
from django.core.checks import CheckMessage, registry
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from audits import checks
from audits.frameworks.loading.loader import PACKS

UNUSED = "\nsources:\n  idle: {title: Idle}\n"
DEAD = (
    "\nfacts:\n  - {id: dead, text: Dead, when: {all: [{question: format_need, is: "
    "free}, {question: format_evidence, known: true}]}}\n"
)


def checked(
    directory: Path, monkeypatch: pytest.MonkeyPatch, *edits: tuple[str, str, str]
) -> list[CheckMessage]:
    """Return what the check says of version 1 after some edits of its files."""
    others = shutil.ignore_patterns("v2.*")
    packs = Path(shutil.copytree(PACKS, directory / "packs", ignore=others))
    for name, old, new in edits:
        file = packs / "fine_tuning" / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")
    monkeypatch.setattr(checks, "PACKS", packs)
    return list(checks.check_frameworks())


def test_frameworks_that_ship_pass_the_check() -> None:
    assert checks.check_frameworks() == []
    assert checks.prove_frameworks() == []


def test_command_check_proves_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = registry.registry.registered_checks
    monkeypatch.setattr(registry.registry, "registered_checks", {*known})
    checked(tmp_path, monkeypatch, ("v1.yaml", "\nfacts:\n", DEAD))

    with pytest.raises(SystemCheckError, match=r"facts\[dead\].when: never holds"):
        call_command("check", "--tag", "frameworks")


def test_check_refuses_a_framework_that_does_not_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (error,) = checked(
        tmp_path, monkeypatch, ("v1.yaml", "\nversion: 1\n", "\nversion: one\n")
    )

    assert error.id == "frameworks.E001"
    assert checks.prove_frameworks() == []


def test_check_refuses_what_is_unused_and_what_is_impossible(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors = checked(
        tmp_path,
        monkeypatch,
        ("v1.yaml", "\nsources:\n", UNUSED),
        ("v1.yaml", "\nfacts:\n", DEAD),
    )
    errors += checks.prove_frameworks()

    assert [(error.id, error.msg) for error in errors] == [
        ("frameworks.E002", "v1.yaml: facts[dead]: nothing refers to it"),
        ("frameworks.E002", "v1.yaml: sources[idle]: nothing refers to it"),
        ("frameworks.E002", "v1.yaml: facts[dead].when: never holds"),
    ]


def test_check_without_a_solver_leaves_out_what_needs_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)

    errors = checked(tmp_path, monkeypatch, ("v1.yaml", "\nfacts:\n", DEAD))
    errors += checks.prove_frameworks()

    assert [error.msg for error in errors] == [
        "v1.yaml: facts[dead]: nothing refers to it"
    ]


def test_check_refuses_cases_that_get_another_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = '"acceptable_verdicts": ["fine_tune"], "text": "As S1, '

    (error,) = checked(
        tmp_path, monkeypatch, ("v1.boundaries.jsonl", old, old.replace("fine_", "x_"))
    )

    assert error.id == "frameworks.E003"
    assert error.msg == "v1.boundaries.jsonl: S1b: gets fine_tune, not x_tune"
