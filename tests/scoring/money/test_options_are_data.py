"""What options mean for money changes by editing the framework file alone."""

from pathlib import Path
from typing import Any

import pytest

from audits.frameworks.loading import loader
from audits.scoring import Assessment
from audits.scoring.money.basis import as_rented
from audits.scoring.money.measuring import practices_cost
from audits.scoring.options.option_reasons import is_tested, why_not
from tests.frameworks.edited_pack import NEWEST, changed
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

FEW_SHOT = ANSWERS["few_shot"] | {"tried": ["instructions", "examples"]}


def edit(
    monkeypatch: pytest.MonkeyPatch, directory: Path, *edits: tuple[str, str]
) -> None:
    """Let the release ship the file as it is after some edits."""
    file = directory / "v2.yaml"
    file.write_text(changed(*edits, pack=NEWEST), encoding="utf-8")
    framework = loader.load(file)
    monkeypatch.setattr(loader, "published", lambda *_: framework)


def on(**answers: Any) -> Assessment:
    return assessed(FEW_SHOT | answers)


def test_tick_tests_the_ways_that_the_file_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = on()
    assert (is_tested(found, "prompt"), is_tested(found, "rag")) == (True, False)

    edit(monkeypatch, tmp_path, ("tests: [prompt]}", "tests: [rag]}"))

    assert (is_tested(found, "prompt"), is_tested(found, "rag")) == (False, True)


def test_place_without_machines_of_its_own_is_not_priced_as_rented(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = on(hosting="self_host")
    assert as_rented(found)

    edit(monkeypatch, tmp_path, ("name: Own servers, machines: own}", "name: Ours}"))

    assert as_rented(found) == ()


@pytest.mark.parametrize(
    ("mlops", "missing"),
    [("none", 4), ("partial", 2), ("ready", 0), ("unknown", 4)],
)
def test_practices_are_missing_until_the_last_option(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mlops: str, missing: int
) -> None:
    answers = ANSWERS["fine_tune"] | {"mlops": mlops}
    found = assessed(answers)
    before = practices_cost(found)
    enough = "text: Four or five practices., ticks_at_least: "

    edit(monkeypatch, tmp_path, (f"{enough}4", f"{enough}5"))

    after = practices_cost(found)
    assert before
    assert after
    more = 0 if mlops == "ready" else 1
    assert (before.number, after.number) == (missing, missing + more)


def test_fault_that_a_search_may_mend_is_marked_in_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found, said = assessed(ANSWERS["fine_tune"]), "facts are not what is wrong"
    assert said in why_not(found)["rag"]

    skill = "{id: task_skill, name: Skill, "
    edit(monkeypatch, tmp_path, (skill, f"{skill}found_by_search: true, "))

    assert said not in why_not(found)["rag"]
