from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import published

FRAMEWORK = published("fine_tuning", 1)
HIDDEN_AT_FIRST = {"format_evidence", "latency_evidence", "teacher_rights"}


@dataclass(frozen=True)
class At:
    """A place in the questionnaire: the answers given up to here."""

    answers: dict[str, Code] = field(default_factory=dict)

    def after(self, **answers: Code) -> "At":
        """Give further answers, or others to the same questions."""
        return replace(self, answers=self.answers | answers)

    def shows(self, question: str) -> bool:
        """Whether a question applies here."""
        applicable = flow.applicable(FRAMEWORK, self.answers)
        return question in [q.id for q in applicable]

    def counts(self) -> dict[str, Code]:
        """The answers that count here."""
        return dict(flow.relevant(FRAMEWORK, self.answers))


def at(**answers: Code) -> At:
    return At(answers)


def test_questions_that_apply_are_found_once_for_equal_answers() -> None:
    asked = flow.applicable(FRAMEWORK, {"state": "live_tuned"})
    assert flow.applicable(FRAMEWORK, {"state": "live_tuned"}) is asked


def test_start_shows_what_no_answer_has_to_open() -> None:
    shown = [question.id for question in flow.applicable(FRAMEWORK, {})]
    always = [question.id for question in FRAMEWORK.questions if not question.visible]

    assert [question for question in shown if question in always] == always
    assert HIDDEN_AT_FIRST.isdisjoint(shown)
    assert FRAMEWORK.question_by_id.keys() >= HIDDEN_AT_FIRST


@pytest.mark.parametrize(
    ("answers", "question", "shown"),
    [
        ({"format_need": "free"}, "format_evidence", False),
        ({"format_need": "loose"}, "format_evidence", False),
        ({"format_need": "schema"}, "format_evidence", True),
        ({"format_need": "bespoke"}, "format_evidence", True),
        ({"format_need": "unknown"}, "format_evidence", False),
        ({"latency": "interactive"}, "latency_evidence", False),
        ({"latency": "tight"}, "latency_evidence", True),
        ({"latency": "unknown"}, "latency_evidence", False),
        ({"domain_vocab": "general"}, "domain_evidence", False),
        ({"domain_vocab": "industry"}, "domain_evidence", True),
        ({"domain_vocab": "unknown"}, "domain_evidence", True),
        ({"knowledge_size": "none"}, "change_rate", False),
        ({"knowledge_size": "none"}, "traceability", False),
        ({"knowledge_size": "huge"}, "change_rate", True),
        ({"knowledge_size": "unknown"}, "traceability", True),
        ({"examples": "none"}, "example_quality", False),
        ({"examples": "few"}, "example_quality", True),
        ({"goal": ("style",)}, "teacher_rights", False),
        ({"goal": ("style", "cost_latency")}, "teacher_rights", True),
        ({"unit_economics": "too_high"}, "teacher_rights", True),
        ({"latency": "hard"}, "teacher_rights", True),
        ({"hosting": "self_host"}, "teacher_rights", True),
        ({"examples": "unlabelled_logs"}, "teacher_rights", True),
    ],
)
def test_question_applies_by_earlier_answers(
    answers: dict[str, Code], question: str, *, shown: bool
) -> None:
    place = At(answers)

    assert place.shows(question) is shown


def test_hidden_answer_is_kept_out() -> None:
    place = at(latency="tight", latency_evidence="missed")

    relaxed = place.after(latency="relaxed")

    assert relaxed.shows("latency_evidence") is False
    assert relaxed.counts() == {"latency": "relaxed"}


def test_hidden_answer_counts_again_once_shown_again() -> None:
    place = at(latency="tight", latency_evidence="missed")

    back = place.after(latency="relaxed").after(latency="hard")

    assert back.counts() == {"latency": "hard", "latency_evidence": "missed"}


def test_computed_value_counts_without_a_question() -> None:
    place = at(prefix_cost="material", context_fit="fits")

    assert place.counts() == {"prefix_cost": "material", "context_fit": "fits"}


def test_answer_to_no_question_is_kept_out() -> None:
    place = at(goal=("style",), colour="green")

    assert place.counts() == {"goal": ("style",)}


def test_answers_come_in_document_order() -> None:
    place = at(platform="open", eval="none", goal=("style",))

    assert list(place.counts()) == ["goal", "eval", "platform"]


@given(st.permutations(["latency", "latency_evidence", "domain_vocab", "volume"]))
def test_order_of_the_mapping_never_matters(order: list[str]) -> None:
    given_answers: dict[str, Code] = {
        "latency": "tight",
        "latency_evidence": "met",
        "domain_vocab": "niche",
        "volume": "gt_10m",
    }

    place = At({question: given_answers[question] for question in order})

    assert list(place.counts().items()) == [
        ("volume", "gt_10m"),
        ("latency", "tight"),
        ("latency_evidence", "met"),
        ("domain_vocab", "niche"),
    ]


def test_dont_know_is_an_answer_and_not_known() -> None:
    question = FRAMEWORK.question_by_id["volume"]

    codes = at(volume="unknown").counts()

    assert flow.is_answered(codes, question) is True
    assert flow.is_known(codes, "volume") is False
    assert flow.is_answered({}, question) is False
    assert flow.is_known({"volume": "gt_10m"}, "volume") is True
