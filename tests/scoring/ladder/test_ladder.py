"""What is known of each remedy, in words and by mark."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current, published
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.ladder.ladder import ladder
from audits.scoring.ladder.rows import ICONS, Ladder, RungRow
from audits.scoring.ladder.rungs import ladder_rungs
from audits.scoring.money.states import PlanState
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS, SLOW
from tests.scoring.worked_cases import TRAINING_CASE
from tests.scoring.worked_numbers import ON_OWN_GPUS

FRAMEWORK = current()
DAY = date(2026, 11, 24)
TRAINED = "training"


def standing(
    answers: Mapping[str, Any],
    *,
    numbers: Mapping[str, str] | None = None,
    candidates: Candidates | None = None,
    state: PlanState = "running",
) -> Ladder:
    codes = read(FRAMEWORK, dict(answers))
    levels = {name: level for name, level in LEVELS.items() if name in codes}
    inputs = Inputs(
        codes=codes,
        levels=levels,
        numbers=numbers or {},
        candidates=candidates or Candidates(),
    )
    found = ladder(FRAMEWORK, assess_on(FRAMEWORK, inputs, DAY), inputs, state)
    assert found is not None
    return found


def row(found: Ladder, rung: str) -> RungRow:
    return next(each for each in found.rows if each.id == rung)


def scored(kind: Any, passed: int, **more: Any) -> ScoredCandidate:
    return ScoredCandidate(
        id=kind,
        kind=kind,
        cases=100,
        passed=passed,
        day=date(2026, 11, 20),
        run_by="Evaluation team",
        link="https://example.org/report",
        **more,
    )


def test_every_approach_of_the_framework_has_its_rung_and_every_step_is_one() -> None:
    question = FRAMEWORK.question_by_id["tried"]
    rungs = ladder_rungs().rungs

    named = {x.id: x.name for x in rungs if x.name}
    assert named == {"smaller": "Smaller hosted model"}, "another question asks for it"
    assert {x.id for x in question.options if not x.not_yet} == {
        x.id for x in rungs if not x.name
    }
    assert FRAMEWORK.failure is not None
    assert set(FRAMEWORK.failure.ways) <= {x.id for x in rungs}
    assert {step for x in rungs for step in x.steps} <= FRAMEWORK.steps.keys()
    for each in rungs:
        is_led_to = each.id in FRAMEWORK.steps or bool(each.steps)
        assert each.if_tested != is_led_to or each.name


def test_every_state_has_a_mark_that_is_drawn() -> None:
    for name in ICONS.values():
        assert Path("static", "icons", f"{name}.svg").is_file()


def test_framework_without_such_rungs_has_no_ladder() -> None:
    first = published("fine_tuning", 1)
    inputs = Inputs(codes={})

    assert ladder(first, assess_on(first, inputs, DAY), inputs) is None


def test_next_step_is_marked_and_what_nobody_tested_says_so() -> None:
    found = standing(ANSWERS["rag"])

    documents = row(found, "documents")
    assert (documents.said, documents.advised) == ("Not tested", "Advised next")
    assert [each.id for each in found.rows if each.is_next] == ["documents"]
    assert found.next == "Find the right pages and put them in the prompt."
    assert row(found, TRAINED).said == "Not tested: no reason to train holds"
    assert "agents" not in [each.id for each in found.rows]
    assert found.tested == 0


def test_training_is_next_once_it_is_advised_and_the_step_serves_meanwhile() -> None:
    found = standing(ANSWERS["fine_tune"])

    assert [each.id for each in found.rows if each.is_next] == [TRAINED]
    assert row(found, TRAINED).advised == "Advised: fine-tune"
    assert row(found, "optimised").advised == "Advised meanwhile"
    assert row(found, "instructions").said == "Tested and failed"
    assert found.tested == 3


@pytest.mark.parametrize("verdict", ANSWERS)
def test_rung_that_failed_is_never_advised(verdict: str) -> None:
    found = standing(ANSWERS[verdict], numbers=ON_OWN_GPUS)

    advised = [each for each in found.rows if each.advised and each.id != TRAINED]
    assert all(each.state != "missed" for each in advised)
    assert sum(each.is_next for each in found.rows) <= 1


def test_what_is_ruled_out_says_why_also_if_it_was_tested() -> None:
    found = standing(ANSWERS["distil"], numbers=ON_OWN_GPUS)

    assert (
        row(found, "documents").said
        == "Ruled out: even the quickest model was too slow"
    )
    said = row(found, "instructions").said
    assert said == "Tested and ruled out: even the quickest model was too slow"


def test_what_is_ruled_out_and_serves_until_the_trained_model_is_said_to() -> None:
    found = standing(SLOW, numbers=ON_OWN_GPUS)

    assert row(found, "examples").said == (
        "May serve until the trained model is ready, though even the quickest model "
        "was too slow"
    )


def test_documents_that_do_not_fit_rule_out_only_what_holds_them() -> None:
    numbers = {"model": "claude-sonnet-5-5", "prefix_tokens": "9000"}
    answers = ANSWERS["rag"] | {"tried": ["instructions"]}

    found = standing(answers, numbers=numbers | {"knowledge_tokens": "1200000"})

    assert row(found, "instructions").said == (
        "Tested: cannot supply the facts, which do not fit in the prompt"
    )
    assert row(found, "examples").said == (
        "Not tested: cannot supply the facts, which do not fit in the prompt"
    )
    for each in ("in_prompt", "updated"):
        assert row(found, each).said == (
            "Ruled out: the documents do not fit in the prompt"
        )
    fitting = standing(answers, numbers=numbers | {"knowledge_tokens": "90000"})
    assert row(fitting, "in_prompt").said == "Not tested"


def test_remedy_has_the_name_that_verdicts_give_it_too() -> None:
    names = {each.id: each.name for each in standing(ANSWERS["rag"]).rows}

    assert names["instructions"] == "Written instructions (prompt)"
    assert names["examples"] == "Worked examples (few-shot)"
    assert names["documents"] == "Search in documents (retrieval)"


def test_training_that_is_forbidden_is_ruled_out() -> None:
    found = standing(TRAINING_CASE | {"data_rights": "prohibited"})

    trained = row(found, TRAINED)
    assert (trained.state, trained.is_next) == ("out", False)
    assert trained.said.startswith("Ruled out: ")
    assert "something" not in trained.said


@pytest.mark.parametrize(
    ("state", "said"),
    [("running", "In use now"), ("planned", "Current plan"), ("stopped", "")],
)
def test_what_runs_today_is_in_use_unless_it_is_only_planned(
    state: PlanState, said: str
) -> None:
    numbers = ON_OWN_GPUS | {"today": "rag"}

    found = standing(ANSWERS["few_shot"], numbers=numbers, state=state)

    assert {each.id: each.in_use for each in found.rows if each.in_use} == (
        {"documents": said} if said else {}
    )
    assert [each.id for each in found.rows if each.runs] == (
        ["documents"] if state == "running" else []
    )


def test_current_prompt_is_in_use_and_not_the_variant_of_its_technique() -> None:
    rows = (scored("prompt", 62), scored("examples", 66))
    numbers = ON_OWN_GPUS | {"today": "few_shot"}

    both = standing(
        ANSWERS["few_shot"], numbers=numbers, candidates=Candidates(rows=rows)
    )
    alone = standing(
        ANSWERS["few_shot"], numbers=numbers, candidates=Candidates(rows=rows[1:])
    )

    assert [each.id for each in both.rows if each.in_use] == ["instructions"]
    assert [each.id for each in alone.rows if each.in_use] == ["examples"]


def test_live_model_is_in_use_and_what_it_shows_is_said() -> None:
    trained = row(standing(ANSWERS["keep"]), TRAINED)

    assert trained.in_use == "Tuned model in use"
    assert trained.said == "Tested and passed: the live model meets its target"
    assert (trained.advised, trained.is_next) == ("Advised: keep the tuned model", True)


def test_remedies_are_alike_until_one_is_tested_or_comes_next() -> None:
    known = standing(ANSWERS["migrate"])
    rows = [replace(each, state="untested", is_next=False) for each in known.rows]

    assert not known.is_all_alike
    assert replace(known, rows=tuple(rows)).is_all_alike
    assert not replace(known, rows=(*rows, replace(rows[0], is_next=True))).is_all_alike


def test_what_takes_the_place_of_the_live_model_is_the_next_step() -> None:
    found = standing(ANSWERS["migrate"])

    assert row(found, TRAINED).is_next is False
    assert [each.id for each in found.rows if each.is_next] == ["examples"]


def test_training_to_stop_is_said_and_is_not_the_next_step() -> None:
    found = standing(ANSWERS["stop_fine_tuning"])

    trained = row(found, TRAINED)
    assert (trained.in_use, trained.advised) == (
        "Training now",
        "Advised: stop fine-tuning",
    )
    assert [each.id for each in found.rows if each.is_next] == ["documents"]


def test_results_say_what_passed_and_only_what_is_kept_is_advised() -> None:
    rows = (scored("prompt", 62), scored("examples", 88), scored("stronger", 96))
    candidates = Candidates(rows=rows, target=Decimal("0.8"))

    found = standing(ANSWERS["few_shot"], candidates=candidates)

    assert {each.id: each.said for each in found.rows if each.is_tested} == {
        "instructions": "Tested and failed: 62 of 100 passed, between 52 and 71",
        "examples": "Tested and passed: 88 of 100 passed, between 80.2 and 93",
        "stronger_model": "Tested and passed: 96 of 100 passed, between 90 and 98",
    }
    assert [each.id for each in found.rows if each.advised] == ["examples"]
    assert row(found, "examples").advised == "Advised: use it"


def test_results_without_a_target_say_no_more_than_that_it_was_tested() -> None:
    candidates = Candidates(rows=(scored("tools", 62),))
    answers = {**ANSWERS["few_shot"], "quality_gap": "unknown"}

    tools = row(standing(answers, candidates=candidates), "tools")

    assert (tools.state, tools.is_tested) == ("tested", True)
    assert tools.said == "Tested: 62 of 100 passed, between 52 and 71"


def test_result_that_does_not_count_changes_nothing() -> None:
    few = ScoredCandidate(id="c1", kind="retrieval", cases=24, passed=24)
    candidates = Candidates(rows=(few,), target=Decimal("0.8"))

    found = standing(ANSWERS["few_shot"], candidates=candidates)

    assert row(found, "documents").said == "Not tested"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (
            {"quality_gap": "small"},
            "below the target, the best of them by 5 points at most",
        ),
        ({"quality_gap": "unknown"}, "the gap to the target is not known"),
        ({"quality_gap": "met"}, "this or another approach meets the target"),
        (
            {"quality_gap": "met", "passed": "examples"},
            "another approach meets the target",
        ),
    ],
)
def test_ticks_by_hand_say_no_more_than_the_answers_show(
    answers: dict[str, str], said: str
) -> None:
    tried = {"tried": ["instructions", "examples"]}

    found = standing(ANSWERS["few_shot"] | tried | answers)

    assert row(found, "instructions").said == f"Tested: {said}"


def test_several_agents_are_drawn_only_where_they_were_tested() -> None:
    found = standing(ANSWERS["few_shot"] | {"tried": ["instructions", "agents"]})

    assert row(found, "agents").is_tested


def test_nothing_is_advised_before_it_is_settled_whether_the_use_is_allowed() -> None:
    found = standing(ANSWERS["rag"] | {"regulatory": "not_settled"})

    assert not any(each.advised for each in found.rows)
    assert found.next.startswith("Ask compliance")


def test_result_that_may_miss_by_chance_is_not_said_to_fail() -> None:
    rows = (scored("examples", 81), scored("prompt", 60), scored("stronger", 95))
    found = standing(
        TRAINING_CASE, candidates=Candidates(rows=rows, target=Decimal("0.85"))
    )

    few_shot = row(found, "examples")
    assert few_shot.state == "tested"
    assert few_shot.said.startswith("Tested: not shown to meet the target; 81 of 100")
    assert row(found, "instructions").said.startswith("Tested and failed: 60 of 100")


@pytest.mark.parametrize(
    ("passed", "state"), [(61, "missed"), (86, "tested"), (92, "passed")]
)
def test_trial_that_a_vendor_tuned_is_no_training_that_nobody_tested(
    passed: int, state: str
) -> None:
    tuned = scored("tuned", passed)
    found = Candidates(rows=(scored("retrieval", 95), tuned), target=Decimal("0.9"))
    answers = ANSWERS["stop_fine_tuning"] | {"state": "in_cycle"}

    trained = row(standing(answers, candidates=found), TRAINED)

    assert (trained.state, trained.is_tested) == (state, True)
    assert trained.why.startswith(f"{passed} of 100 passed")
    without = replace(found, rows=found.rows[:1])
    assert row(standing(answers, candidates=without), TRAINED).state == "untested"
