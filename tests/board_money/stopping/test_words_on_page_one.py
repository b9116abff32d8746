"""Page 1 says of doing nothing and of the meantime what its figures do."""

from dataclasses import replace

from audits.frameworks.loading.loader import current
from audits.scoring.costs.rounding import written
from audits.scoring.options.if_nothing import if_nothing
from tests.board_money.printed_papers import page_one_of, paper_of
from tests.board_money.stopping.test_words_follow_from_the_figures_beside_them import (
    TODAY,
)
from tests.casting import Cast
from tests.reports.papers import words_of
from tests.scoring.costs.worked_decisions import assessed, money, of_today
from tests.scoring.costs.worked_moves import ENDS
from tests.scoring.twelve_verdicts import ANSWERS, SLOW


def test_doing_nothing_costs_what_the_current_plan_does(cast: Cast) -> None:
    found = money(SLOW, **TODAY)
    saved = found.saving_year
    assert saved is not None
    year = written(of_today(found).year.expected)

    said = (
        f"“Prompt” goes on and costs ${year} over 12 months, ${written(saved)} more "
        "than “Distilled model”. The need stays: a "
        "time limit that no tested model meets."
    )

    assert if_nothing(current(), assessed(SLOW, **TODAY), found) == said
    # Page 1 has it in a line, and A4 in full.
    paper = paper_of(cast, SLOW, **TODAY)
    assert f"“Prompt” goes on and costs ${year} over 12 months." in page_one_of(paper)
    assert said in words_of(paper)[1]


def test_first_line_says_that_nobody_has_signed_it_yet(cast: Cast) -> None:
    paper = paper_of(cast, SLOW, **TODAY)

    page = page_one_of(paper)

    assert paper.signed.unsigned
    assert paper.waits_for_sign_off
    assert "Waits for sign-off" in page
    assert "Once signed off" in page
    assert "Decision needed" not in page
    # What nobody can vote on yet is no command, in bold or not.
    assert "Once signed off It asks the board to approve one small model" in page
    assert paper.one.decision_lead not in page
    assert paper.frame == "waits"


def test_first_line_of_what_a_board_cannot_decide_yet_says_so(cast: Cast) -> None:
    paper = paper_of(cast, SLOW, **TODAY)
    wrong = replace(paper.one, not_consistent="It is 9 and “Large”.")

    early = replace(paper, one=wrong)
    page = page_one_of(early)

    assert (early.frame, wrong.asks_later in page) == ("early", True)
    own = replace(wrong, decision_asked="Buy it.", written=("decision_asked",))
    assert own.asks_later == "Buy it."
    assert "Not for decision yet" in page
    assert "not ready" not in page
    assert "For decision" not in page
    assert "not signed off yet" not in page
    assert replace(wrong, asking="told").stands_for == wrong.purpose


def test_plan_that_does_not_run_yet_goes_ahead(cast: Cast) -> None:
    paper = paper_of(cast, SLOW, "building", **TODAY)
    rows = {choice.name: choice.why for choice in paper.one.options}

    assert "“Prompt” goes ahead and costs $" in paper.one.if_nothing
    assert rows["Do nothing: Prompt"].startswith("The plan goes ahead, though ")


def test_plan_that_does_not_run_yet_is_not_said_to_run_until_its_model_ends() -> None:
    found = assessed(ANSWERS["stop_fine_tuning"], **ENDS)
    until = "until its model retires on 14 January 2027, then a prompt on the"

    planned = if_nothing(current(), found, None, "planned")
    running = if_nothing(current(), found, None, "running")

    assert not any(word in planned for word in (" goes on", " goes ahead", " runs "))
    trained = (
        "to train a model that serves at most 51 days (it retires on 14 January 2027)"
    )
    assert trained in planned
    assert running.startswith(f"“Tuned hosted model” goes on {until}")
    # Its training takes a month before it runs at all.
    made = assessed(ANSWERS["stop_fine_tuning"], **ENDS, ready_months="1")
    assert trained.replace("51", "21") in if_nothing(current(), made, None, "planned")


def test_plan_that_has_stopped_does_not_go_on(cast: Cast) -> None:
    paper = paper_of(cast, SLOW, "stopped", **TODAY)

    assert "goes on and costs" not in paper.one.if_nothing
