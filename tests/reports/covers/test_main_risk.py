"""Where the author names no risks, page 1 names the main one that is known."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest

from audits.frameworks.loading.loader import current
from audits.models import Cover
from audits.reports.page_one import page_one
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import PlanState
from tests.board_money.printed_papers import page_one_of, paper_of
from tests.casting import Cast
from tests.examples import some_of
from tests.scoring.costs.worked_decisions import DAY, assessed
from tests.scoring.twelve_verdicts import ANSWERS

NOTHING: Mapping[str, str] = MappingProxyType({})
NO_OTHERS = "The author names no others."
UNSHOWN = ("task_shape", "data_rights", "platform")
ENDS = {"tuned": "gpt-4o-mini", "today": "fine_tune_hosted"}


def risks_of(
    verdict: str, numbers: Mapping[str, str] = NOTHING, state: PlanState = "running"
) -> str:
    assessment = assessed(ANSWERS[verdict], unshown=UNSHOWN, **numbers)
    money = money_of(assessment, state)
    said = page_one(current(), assessment, Cover(), "A case", money, on=DAY)
    return said.without_risks


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("rag", "Nothing was tested, or there is no test set: the verdict rests on"),
        ("distil", "If the trained model fails its test, $19,483 is lost."),
        ("train_small_part", "3 answers that training needs are only asserted."),
        ("fine_tune_after_mlops", "3 answers that training needs are only asserted."),
        (
            "keep",
            "6 open questions can change the verdict, and answers may bring up 1 more.",
        ),
        ("migrate", "The answers show none."),
    ],
)
def test_main_risk_follows_from_the_assessment(verdict: str, said: str) -> None:
    found = risks_of(verdict)

    assert found.startswith(said)
    assert found.endswith(f" {NO_OTHERS}")


@pytest.mark.thorough
@pytest.mark.parametrize("verdict", ["keep", "migrate", "few_shot", "fine_tune"])
def test_model_that_ends_comes_first_with_its_day(verdict: str) -> None:
    assert risks_of(verdict, ENDS) == (
        "The base model of “Tuned hosted model” retires on 14 January 2027. "
        f"{NO_OTHERS}"
    )


def test_model_of_what_has_stopped_ends_nothing() -> None:
    assert "ends on" not in risks_of("few_shot", ENDS, "stopped")


@pytest.mark.thorough
@pytest.mark.parametrize(
    "verdict",
    some_of(["fine_tune_after_mlops", "keep", "migrate", "train_small_part"], 2),
)
def test_page_1_has_main_risks_beside_what_to_keep_in_mind(
    cast: Cast, verdict: str
) -> None:
    paper = paper_of(cast, ANSWERS[verdict], today="prompt")
    said = page_one_of(paper)

    assert f"Main risks {paper.one.without_risks}" in said
    settle = paper.assessment.settle
    assert ("Keep in mind" in said) is bool(settle)
    assert all(item.text in said for item in settle[:2])
