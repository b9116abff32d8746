"""What options mean for money changes by editing the framework file alone."""

from pathlib import Path
from typing import Any

import pytest

from audits.frameworks.loading import loader
from audits.frameworks.schema import Framework
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.exchange import document
from audits.scoring.money.basis import as_rented
from audits.scoring.money.measuring import practices_cost
from audits.scoring.options.option_reasons import why_not
from audits.scoring.untested import is_tested
from tests.examples import some_of
from tests.frameworks.edited_pack import NEWEST, changed
from tests.scoring.costs.worked_decisions import DAY, inputs_of
from tests.scoring.twelve_verdicts import ANSWERS

PUBLISHED = loader.current()
FEW_SHOT = ANSWERS["few_shot"] | {"tried": ["instructions", "examples"]}


def edited(directory: Path, *edits: tuple[str, str]) -> Framework:
    """Return a version that nobody published."""
    file = directory / "v2.yaml"
    file.write_text(changed(*edits, pack=NEWEST), encoding="utf-8")
    return loader.load(file)


def assessed(answers: dict[str, Any], framework: Framework = PUBLISHED) -> Assessment:
    return assess_on(framework, inputs_of(answers, (), {}), DAY)


def on(framework: Framework = PUBLISHED, **answers: Any) -> Assessment:
    return assessed(FEW_SHOT | answers, framework)


def test_tick_tests_the_ways_that_the_file_names(tmp_path: Path) -> None:
    found = on()
    assert (is_tested(found, "prompt"), is_tested(found, "rag")) == (True, False)

    found = on(
        edited(tmp_path, ("prompts, tests: [prompt]}", "prompts, tests: [rag]}"))
    )

    assert (is_tested(found, "prompt"), is_tested(found, "rag")) == (False, True)


def test_place_without_machines_of_its_own_is_not_priced_as_rented(
    tmp_path: Path,
) -> None:
    assert as_rented(on(hosting="self_host"))

    ours = ("name: Own servers, machines: own}", "name: Ours}")

    assert as_rented(on(edited(tmp_path, ours), hosting="self_host")) == ()


@pytest.mark.parametrize(
    ("mlops", "missing"),
    some_of([("none", 4), ("partial", 2), ("ready", 0), ("unknown", 4)], 2),
)
def test_practices_are_missing_until_the_last_option(
    tmp_path: Path, mlops: str, missing: int
) -> None:
    answers = ANSWERS["fine_tune"] | {"mlops": mlops}
    enough = "text: Four or five practices., ticks_at_least: "
    before = practices_cost(assessed(answers))

    framework = edited(tmp_path, (f"{enough}4", f"{enough}5"))

    after = practices_cost(assessed(answers, framework))
    assert before
    assert after
    more = 0 if mlops == "ready" else 1
    assert (before.number, after.number) == (missing, missing + more)


def test_fault_that_a_search_may_mend_is_marked_in_the_file(tmp_path: Path) -> None:
    answers, said = ANSWERS["fine_tune"], "facts are not what is wrong"
    assert said in why_not(assessed(answers))["rag"]

    skill = "{id: task_skill, name: Skill, "
    framework = edited(tmp_path, (skill, f"{skill}found_by_search: true, "))

    assert said not in why_not(assessed(answers, framework))["rag"]


def test_document_means_what_its_version_says() -> None:
    found = on(hosting="device")

    read = document.load(document.dump(found))

    assert read == found
    assert read.means == found.means
    assert read.means.machines == {"devices"}
