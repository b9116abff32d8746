"""Whether "nobody has looked" is tried as another answer."""

from audits.frameworks.evaluation import Code
from audits.frameworks.loader import current
from audits.scoring import assess

FRAMEWORK = current()

SLOW: dict[str, Code] = {
    "tried": "prompt_measured",
    "latency": "hard",
    "latency_evidence": "missed",
    "quality_gap": "met",
}


def tried(answers: dict[str, Code], question: str) -> list[str]:
    """Return the options of a question that would change the verdict."""
    changes = [flip.changes[0] for flip in assess(FRAMEWORK, answers).flips]
    return [change.option for change in changes if change.question == question]


def test_question_nobody_answered_may_turn_out_not_to_be_looked_into() -> None:
    assert tried(SLOW, "eval") == ["none"]


def test_answer_that_is_known_is_not_unlearnt() -> None:
    assert tried(SLOW | {"eval": "solid_set"}, "eval") == []
    assert "not_measured" not in tried(SLOW | {"eval": "solid_set"}, "latency_evidence")
