"""Which answers the panel and the check say are still to be proved."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.casting import Cast
from tests.pages import html_of
from tests.scoring.worked_cases import (
    RETRIEVAL_CASE,
    TRAINING_CASE,
    TRAINING_LEVELS,
)
from tests.wizard.page_forms import send
from tests.wizard.test_open_points import (
    ANSWERED,
    at,
    both_pages,
    save,
)

pytestmark = pytest.mark.once


@pytest.mark.thorough
@both_pages
def test_results_that_are_only_asserted_are_named_once_training_is_in_sight(
    cast: Cast, ana: Client, name: str
) -> None:
    save(cast, ANSWERED, {"tried": "asserted", "eval": "documented"})

    page = html_of(ana.get(at(cast, name)))

    assert (
        "4 answers that training needs are only asserted. The board can approve "
        "training only once a link or a file shows them:" in page
    )
    for question in ("tried", "quality_gap", "examples", "example_quality"):
        assert f'href="{at(cast, "question", question)}#level-{question}"' in page
    assert "#level-eval" not in page


@pytest.mark.parametrize(
    ("asserted", "offered"),
    [
        ({"quality_gap", "examples"}, ["Gap to the target"]),
        ({"examples", "example_quality"}, []),
    ],
)
def test_test_results_are_offered_for_what_they_can_show(
    cast: Cast, ana: Client, asserted: set[str], offered: list[str]
) -> None:
    save(cast, ANSWERED, TRAINING_LEVELS | dict.fromkeys(asserted, "asserted"))

    page = html_of(ana.get(at(cast, "tasks")))

    assert "only asserted. The board can approve training" in page
    said = page.partition("which count as measured, for ")[2].partition(".")[0]
    assert re.findall(r"“(.*?)”", said) == offered


@pytest.mark.parametrize(
    ("answers", "levels"),
    [
        (ANSWERED, TRAINING_LEVELS),
        (ANSWERED | {"tried": ["nothing"], "eval": "unknown"}, {}),
        (RETRIEVAL_CASE | {"goal": ["knowledge"], "component": "generator"}, {}),
    ],
)
def test_nothing_is_to_be_proved_without_a_result(
    cast: Cast, ana: Client, answers: dict[str, Any], levels: dict[str, str]
) -> None:
    results = {"quality_gap", "examples", "example_quality"}
    without = set() if levels else results
    given = {q: value for q, value in answers.items() if q not in without}
    save(cast, given, levels)

    assert "only asserted" not in html_of(ana.get(at(cast, "tasks")))


@pytest.mark.thorough
def test_level_beside_a_result_is_what_the_panel_waits_for(
    cast: Cast, ana: Client
) -> None:
    save(cast, ANSWERED, TRAINING_LEVELS | {"quality_gap": "asserted"})
    page = at(cast, "section", "purpose")
    shown = html_of(ana.get(page))

    given = {q: TRAINING_CASE[q] for q in ("goal", "tried", "eval", "quality_gap")}
    saved = send(ana, page, htmx=True, level__quality_gap="measured", **given)

    assert "1 answer that training needs is only asserted." in shown
    assert 'id="level-quality_gap" aria-describedby="level-quality_gap_hint"' in shown
    assert "only asserted" not in html_of(saved)


def test_level_of_what_is_no_measurement_proves_nothing(
    cast: Cast, ana: Client
) -> None:
    page = html_of(ana.get(at(cast, "section", "purpose")))

    assert '<legend class="form-label">How do you know?</legend>' in page
    assert page.count("Training needs a link, file or test results that prove") == 2
    assert 'id="level-state_hint"' not in page


@pytest.mark.thorough
def test_answer_that_no_cases_could_show_cannot_be_marked_as_measured(
    cast: Cast, ana: Client
) -> None:
    def levels_of(question: str) -> list[str]:
        page = html_of(ana.get(at(cast, "section", "purpose")))
        return re.findall(rf'name="level-{question}" value="(\w+)"', page)

    assert levels_of("tried") == ["asserted", "documented", "measured"]
    assert levels_of("state") == ["asserted", "documented"]
    save(cast, {"state": "planned"}, {"state": "measured"})
    assert levels_of("state") == ["asserted", "documented", "measured"]
