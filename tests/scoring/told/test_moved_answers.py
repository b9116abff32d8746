"""A changed answer is told where the verdict was another with what it was before."""

from dataclasses import replace
from datetime import date

from audits.frameworks.loading.loader import current
from audits.scoring.told.moved_answers import EarlierAnswer, moved_answers
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

DAY = date(2026, 11, 20)
MET = EarlierAnswer(
    question="quality_gap", code="met", level="measured", by="Ada", on=DAY
)
AS_IT_IS = replace(MET, code=ANSWERS["fine_tune"]["quality_gap"])


def told(*earlier: EarlierAnswer) -> list[str]:
    return list(moved_answers(current(), assessed(ANSWERS["fine_tune"]), earlier))


def test_answer_before_is_told_with_its_verdict_and_who_changed_it() -> None:
    assert told(MET) == [
        "“Gap to the target” was “No gap” until 20 November 2026 (Ada). With it, the "
        "verdict would be “Few-shot”."
    ]


def test_level_before_counts_too() -> None:
    [said] = told(replace(AS_IT_IS, level=None, by=""))

    assert said.startswith("“Gap to the target” was “Large” until 20 November 2026. ")
    assert "“Prompt”" in said


def test_answer_that_leads_to_the_same_verdict_is_not_told() -> None:
    assert told(AS_IT_IS) == []


def test_answer_that_nobody_can_give_now_is_not_told() -> None:
    assert told(replace(MET, code="huge"), replace(MET, question="gone")) == []


def test_no_more_than_the_oldest_forty_are_tried() -> None:
    others = [AS_IT_IS] * 39

    assert len(told(*others, MET)) == 1
    assert told(*others, AS_IT_IS, MET) == []
