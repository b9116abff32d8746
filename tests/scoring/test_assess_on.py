import json
from dataclasses import replace
from datetime import date

import pytest

from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import published
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_again, assess_on, costs_on
from audits.scoring.exchange import document
from audits.scoring.inputs import Inputs
from tests.scoring.worked_numbers import TUNED_BY_TOKEN

FRAMEWORK = published("fine_tuning", 1)
DAY = date(2026, 11, 24)
ANSWERS: dict[str, Code] = {
    "goal": ("cost_latency",),
    "latency": "hard",
    "latency_evidence": "missed",
}


def assessed(on: date = DAY, **numbers: str) -> Assessment:
    return assess_on(
        FRAMEWORK,
        Inputs(
            codes=ANSWERS,
            levels={"latency_evidence": "measured"},
            numbers=TUNED_BY_TOKEN | numbers,
        ),
        on,
    )


def test_assessment_holds_all_that_it_was_made_of() -> None:
    assessment = assessed()

    assert assessment.on == DAY
    assert assessment.levels == {"latency_evidence": "measured"}
    assert assessment.numbers == TUNED_BY_TOKEN
    assert assessment.costs is not None
    assert assessment.codes["platform"] == assessment.costs.computed["platform"]


def test_assessment_with_costs_is_read_back_as_it_was_written() -> None:
    written = json.loads(json.dumps(document.dump(assessed())))

    assert document.load(written) == assessed()


def test_assessed_again_it_comes_to_the_same() -> None:
    assert assess_again(FRAMEWORK, assessed()) == assessed()


def test_result_that_was_changed_is_not_taken_over() -> None:
    changed = replace(assessed(), verdict="fine_tune", codes=assessed().codes)

    assert assess_again(FRAMEWORK, changed) == assessed()


def test_on_another_day_its_market_counts() -> None:
    then = assess_again(FRAMEWORK, assessed(), date(2024, 1, 1))

    assert then.on == date(2024, 1, 1)
    assert then.costs is not None
    assert then.costs.plan.of("prompt").unpriced == (
        "Cannot be priced, because Claude Sonnet 5.5 has no price on 1 January 2024, "
        "before its release on 28 September 2026"
    )
    assert then.costs.computed == {}
    assert "platform" not in then.codes


def test_assessment_without_a_day_cannot_be_made_again() -> None:
    with pytest.raises(ValueError, match="on which day"):
        assess_again(FRAMEWORK, replace(assessed(), on=None))


def test_without_numbers_there_are_no_costs() -> None:
    assert costs_on({}, DAY) is None


def test_document_of_an_earlier_release_is_still_read() -> None:
    written = document.dump(assessed())
    new = ("on", "levels", "numbers", "costs")

    old = document.load({k: v for k, v in written.items() if k not in new})

    assert (old.on, old.levels, old.numbers, old.costs) == (None, {}, {}, None)


def test_every_answer_is_tried_unless_only_open_ones_are_asked_for() -> None:
    def tried(*, open_only: bool | None) -> set[str]:
        more = {} if open_only is None else {"open_only": open_only}
        assessment = assess_on(FRAMEWORK, Inputs(codes=ANSWERS), DAY, **more)
        return {flip.changes[0].question for flip in assessment.flips}

    assert tried(open_only=None) == tried(open_only=False)
    assert "latency" in tried(open_only=None) - tried(open_only=True)


CHEAPER: dict[str, Code] = {"goal": ("cost_latency",), "unit_economics": "too_high"}
SMALLER = {"model": "gemini-3.8-flash", "smaller": "gemini-3.5-flash-lite"}


def unpriced(answers: dict[str, Code], **numbers: str) -> str | None:
    inputs = Inputs(codes=answers, numbers=TUNED_BY_TOKEN | SMALLER | numbers)
    costs = assess_on(published("fine_tuning", 2), inputs, DAY).costs
    assert costs
    return costs.plan.of("prompt_smaller").unpriced


def test_smaller_model_that_failed_the_test_is_no_option() -> None:
    failed = unpriced({**CHEAPER, "smaller_model": "fails"})

    assert failed == "It failed your test, so it is no option"
    assert unpriced({**CHEAPER, "smaller_model": "passes"}) is None
    assert unpriced(CHEAPER) is None


def test_smaller_model_keeps_its_price_where_it_is_used_or_its_answer_hidden() -> None:
    assert unpriced({**CHEAPER, "smaller_model": "fails"}, today="prompt_smaller") is (
        None
    )
    assert unpriced({"goal": ("format",), "smaller_model": "fails"}) is None
