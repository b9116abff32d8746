"""A paper names what serves until a new model does."""

from tests.board_money.ending.test_new_model_serves_some_months_later import ASSUMED
from tests.board_money.printed_papers import page_one_of, paper_of
from tests.casting import Cast
from tests.reports.papers import words_of
from tests.scoring.twelve_verdicts import ANSWERS, SLOW


def test_ask_names_what_serves_until_the_model_is_ready(cast: Cast) -> None:
    paper = paper_of(cast, SLOW, "building", **ASSUMED)
    said = page_one_of(paper)

    appendix = words_of(paper)[1]
    assert (
        "Asked for: $23,813 at the start ($4,030 of it to set up “Few-shot”), $84,950 "
        "a month for “Few-shot” until the model is ready in about 3 months (assumed), "
        "and then $9,349 a month."
    ) in appendix
    # Page 1 says it.
    assert "The advice costs $370,996 less" not in appendix
    assert "The advice costs $370,996 less than the current plan." in said
    assert "$84,950 a month for" not in said
    # 23,813 + 3 × 84,950 + 9 × 9,349, and 12 × 61,150 less that.
    assert (
        "Once the 3 checks pass: this asks for $362,804 over 12 months, instead of "
        "$733,800 planned."
    ) in said
    assert "= Total Low High" in said
    assert "23,813 338,991 362,804 207,952 652,808" in said
    assert "Not counted" not in said


def test_planned_plan_that_waits_is_told_below_the_amounts(cast: Cast) -> None:
    paper = paper_of(
        cast,
        ANSWERS["gather_evidence"],
        "planned",
        today="fine_tune_own",
        ready_months=None,
    )

    assert (
        "“Tuned open model” would be ready after about 3 months (assumed), with "
        "“Few-shot” "
        "until then."
    ) in words_of(paper)[1]
