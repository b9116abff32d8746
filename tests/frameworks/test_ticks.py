import pytest

from audits.frameworks.answering import flow
from audits.frameworks.loading.loader import published

FRAMEWORK = published("fine_tuning", 1)


@pytest.mark.parametrize(
    ("ticks", "option"),
    [
        ((), "nothing"),
        (("demo",), "informal"),
        (("instructions",), "prompt_measured"),
        (("stronger_model",), "prompt_measured"),
        (("demo", "instructions"), "prompt_measured"),
        (("examples",), "fewshot_measured"),
        (("instructions", "examples"), "fewshot_measured"),
        (("documents",), "rag_measured"),
        (("demo", "documents"), "rag_measured"),
        (("examples", "documents"), "rag_measured"),
        (
            ("demo", "instructions", "stronger_model", "examples", "documents"),
            "rag_measured",
        ),
    ],
)
def test_ticks_of_tried_amount_to(ticks: tuple[str, ...], option: str) -> None:
    assert flow.ticked_option(FRAMEWORK.question_by_id["tried"], ticks) == option


@pytest.mark.parametrize(
    ("ticks", "option"),
    [
        ((), "none"),
        (("opinions",), "anecdotal"),
        (("rerun",), "anecdotal"),
        (("live",), "anecdotal"),
        (("thirty",), "small_set"),
        (("opinions", "thirty"), "small_set"),
        (("thirty", "rerun"), "small_set"),
        (("thirty", "rerun", "live"), "small_set"),
        (("two_hundred",), "small_set"),
        (("two_hundred", "live"), "small_set"),
        (("two_hundred", "rerun"), "solid_set"),
        (("thirty", "two_hundred", "rerun"), "solid_set"),
        (("two_hundred", "rerun", "live"), "production"),
        (("opinions", "thirty", "two_hundred", "rerun", "live"), "production"),
    ],
)
def test_ticks_of_eval_amount_to(ticks: tuple[str, ...], option: str) -> None:
    assert flow.ticked_option(FRAMEWORK.question_by_id["eval"], ticks) == option


@pytest.mark.parametrize(
    ("ticks", "option"),
    [
        ((), "none"),
        (("versioned",), "none"),
        (("monitoring",), "none"),
        (("versioned", "suite"), "partial"),
        (("rollback", "retraining", "monitoring"), "partial"),
        (("versioned", "suite", "rollback", "retraining"), "ready"),
        (("suite", "rollback", "retraining", "monitoring"), "ready"),
        (("versioned", "suite", "rollback", "retraining", "monitoring"), "ready"),
    ],
)
def test_ticks_of_mlops_amount_to(ticks: tuple[str, ...], option: str) -> None:
    assert flow.ticked_option(FRAMEWORK.question_by_id["mlops"], ticks) == option


def test_ticks_count_as_the_option_they_amount_to() -> None:
    codes = flow.relevant(FRAMEWORK, {"mlops": ("versioned", "suite"), "eval": ()})

    assert codes == {"mlops": "partial", "eval": "none"}


def test_ticked_option_given_as_a_code_is_kept() -> None:
    codes = flow.relevant(FRAMEWORK, {"mlops": "ready", "tried": "unknown"})

    assert codes == {"mlops": "ready", "tried": "unknown"}
