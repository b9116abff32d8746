"""Exactly which options of a question each condition takes, every option tried."""

import pytest

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import published
from audits.scoring import assess
from audits.scoring.deciding.decision import Decision, decide
from tests.scoring.option_rows import ROWS, Answers

FRAMEWORK = published("fine_tuning", 1)


def given(answers: Answers, question: str, option: str) -> dict[str, Code]:
    asked = FRAMEWORK.question_by_id.get(question)
    several = asked is not None and asked.kind == "several"
    return {**answers, question: (option,) if several else option}


def decided(answers: Answers) -> Decision:
    return decide(FRAMEWORK, flow.relevant(FRAMEWORK, answers))


def taken(what: str, answers: Answers, question: str) -> str:
    """Return the options of a question with which something holds."""
    kind, name = what.split(" ", 1)
    options = [option.id for option in FRAMEWORK.answerable[question].options]
    return " ".join(
        x for x in options if _holds(kind, name, given(answers, question, x))
    )


def _holds(kind: str, name: str, answers: Answers) -> bool:
    decision = decided(answers)
    match kind:
        case "fact":
            return decision.at.facts[name] is True
        case "measured" | "claimed":
            return decision.at.reasons[name] == kind
        case "blocker":
            return name in decision.blockers
        case "context":
            return decision.context_rule.id == name
        case "verdict":
            return decision.verdict_rule.id == name
        case "shown":
            return name in [q.id for q in flow.applicable(FRAMEWORK, answers)]
        case "caution":
            return name in [
                x.id for x in assess(FRAMEWORK, answers, flip_size=0).settle
            ]
        case _:
            return assess(FRAMEWORK, answers, flip_size=0).split_advice is not None


@pytest.mark.parametrize(
    ("what", "answers", "question", "options"),
    ROWS,
    ids=[f"{number} {row[0]}, {row[2]}" for number, row in enumerate(ROWS, start=1)],
)
def test_condition_takes_these_options_and_no_other(
    what: str, answers: Answers, question: str, options: str
) -> None:
    assert taken(what, answers, question) == options


# The market alone decides the three that fit: test_market_facts.py.
ELSEWHERE = {"rights_unknown", "small_fits", "medium_fits", "examples_fit", "unproven"}
AT_WORK = [
    row.id
    for table in ("facts", "reasons", "blockers", "cautions")
    for row in getattr(FRAMEWORK, table)
]


@pytest.mark.parametrize("an_id", AT_WORK)
def test_a_row_covers_each_fact_reason_blocker_and_caution(an_id: str) -> None:
    named = {row[0].split(" ")[1] for row in ROWS}

    assert (an_id in named) != (an_id in ELSEWHERE)


def test_what_is_covered_elsewhere_is_there() -> None:
    assert set(AT_WORK) >= ELSEWHERE


@pytest.mark.parametrize(
    ("first", "second", "split"),
    [
        ("knowledge", "task_skill", True),
        ("knowledge", "cost_latency", True),
        ("knowledge", "format", False),
        ("knowledge", "style", False),
        ("knowledge", "consistency", False),
        ("knowledge", "reasoning_agent", False),
        ("style", "task_skill", False),
        ("format", "task_skill", False),
        ("consistency", "cost_latency", False),
        ("reasoning_agent", "cost_latency", False),
    ],
)
def test_two_faults_are_two_calls(first: str, second: str, split: bool) -> None:
    assessment = assess(FRAMEWORK, {"goal": (first, second)})

    assert (assessment.split_advice is not None) is split
