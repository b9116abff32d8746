"""Whether "nobody has looked" is tried as another answer."""

from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import published
from audits.scoring import assess
from audits.scoring.deciding.flips import Change, Flip, Way

FRAMEWORK = published("fine_tuning", 1)

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


def test_options_that_say_that_nobody_has_looked_are_these() -> None:
    not_yet = [
        f"{question.id} {option.id}"
        for question in FRAMEWORK.questions
        for option in question.options
        if option.not_yet
    ]

    assert not_yet == [
        "tried nothing",
        "tried informal",
        "eval none",
        "eval anecdotal",
        "format_evidence not_measured",
        "unit_economics not_computed",
        "latency_evidence not_measured",
        "domain_evidence not_tested",
        "examples unlabelled_logs",
        "example_quality not_checked",
    ]


def test_two_changes_are_as_hard_as_the_harder() -> None:
    def change(way: Way) -> Change:
        return Change(
            question="q", label="", now="", option="o", then="", way=way, hours=1
        )

    flip = Flip(
        changes=(change("measure"), change("world"), change("work")),
        verdict="rag",
        verdict_name="",
        rule="",
        sentence="",
    )

    assert flip.way == "world"
