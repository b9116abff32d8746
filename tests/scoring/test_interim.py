from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading import loader
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.explaining.advice import Advice
from audits.scoring.explaining.advice_rows import advised_rows, asked
from audits.scoring.inputs import Inputs
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

FRAMEWORK = loader.current()
# Nobody has scored the strongest model, and half of the practices are missing.
WAITING: dict[str, Any] = {
    "component": "generator",
    "goal": ["task_skill"],
    "state": "planned",
    "tried": ["instructions", "examples"],
    "eval": "solid_set",
    "task_shape": "narrow_stable",
    "examples": "thousands",
    "example_quality": "consistent",
    "data_rights": "clear",
    "hosting": "cloud_ok",
    "platform": "open",
    "mlops": ["versioned", "suite"],
}


CHECKED = "but only where people check every answer"


def assessed(gap: str) -> Assessment:
    return assess_on(
        FRAMEWORK,
        Inputs(
            codes=read(FRAMEWORK, WAITING | {"quality_gap": gap}),
            levels=dict.fromkeys([*WAITING, "quality_gap"], "measured"),
        ),
        date(2026, 11, 24),
    )


@pytest.mark.parametrize("gap", ["large", "often_wrong"])
def test_what_is_far_from_the_target_serves_only_where_people_check(gap: str) -> None:
    found = assessed(gap)

    said = {row.label: row.says for row in advised_rows(FRAMEWORK, found)}
    serves = f"se the best approach that you tested, {CHECKED}"
    assert found.headline.endswith(f"Meanwhile u{serves}.")
    assert said["Meanwhile"].startswith(f"U{serves}. ")


def test_what_is_close_to_the_target_serves_without() -> None:
    advice = assessed("small").advice

    assert advice
    assert advice.interim.says == "use {context}"


def training() -> Assessment:
    given = Inputs(codes=read(FRAMEWORK, TRAINING_CASE), levels=TRAINING_LEVELS)
    return assess_on(FRAMEWORK, given, date(2026, 11, 29))


def test_who_asks_for_the_use_of_what_falls_short_says_who_checks_it() -> None:
    found = training()

    assert found.verdict == "fine_tune"
    assert f", {CHECKED}" in found.headline
    assert f", {CHECKED}" in asked(FRAMEWORK, replace(found, advice=approved(found)))


def approved(found: Assessment) -> Advice:
    assert found.advice is not None
    return replace(found.advice, standing="approve")
