"""How far each answer argues for and against each technique, written a second time.

A push decides nothing, so no verdict would show a wrong sign; a reader would be misled.
P is a prompt with long context, F few-shot, R retrieval, D distil, T fine-tune.
"""

import pytest

from audits.frameworks.loading.loader import published
from audits.scoring import assess

FRAMEWORK = published("fine_tuning", 1)
LETTERS = {"prompt": "P", "few_shot": "F", "rag": "R", "distil": "D", "fine_tune": "T"}
PUSHES = """
goal knowledge: R+3 P+2 T-3
goal format: P+1 F+2
goal style: F+3 P+2 T-1
goal consistency: P+2 F+2 T-1
goal task_skill: F+2 P+2
goal reasoning_agent: P+3 T-2
goal cost_latency: D+2 P+1
tried nothing: P+1 T-2
tried informal: P+1 T-2
eval none: T-2 D-2
eval anecdotal: T-2 D-2
eval small_set: D+1
eval solid_set: D+1 T+1
eval production: D+1 T+1
quality_gap met: D+1 T-3
quality_gap small: P+1 F+1 T-1
quality_gap large: T+2
format_need schema: P+1 T-1
format_need bespoke: F+1 T+1
format_evidence measured_ok: T-2
format_evidence fails_unconstrained: P+2 F+2
format_evidence fails_constrained: T+3
volume lt_10k: T-1 D-1
volume 1m_10m: D+1
volume gt_10m: D+2
unit_economics acceptable: P+1 D-1 T-1
unit_economics too_high: D+3 T+1
latency tight: P-1
latency hard: P-1 D+1
latency_evidence met: D-2
latency_evidence missed: D+3
domain_vocab niche: F+1
domain_vocab private: F+1 R+1
domain_evidence base_ok: P+1 T-2
domain_evidence base_fails: T+3 R+1
knowledge_size small: P+3 R+1
knowledge_size medium: P+3 R+1
knowledge_size large: R+2 P+1
knowledge_size huge: R+3 P-3
change_rate quarterly: R+1 T-1
change_rate monthly: R+3 T-3
change_rate weekly: R+3 T-3
change_rate daily: R+3 T-3
traceability helpful: R+1
traceability required: R+3 P+1 T-3 D-2
examples none: T-3 D-3
examples few: F+1 T-3 D-3
examples curated: F+3
examples hundreds: F+2 T+1
examples thousands: D+2 T+1
examples unlabelled_logs: D+1 T-2
example_quality inconsistent: T-3 D-3 F-1
example_quality not_checked: T-1
example_quality consistent: F+1 T+1
data_rights restricted: T-1
data_rights unclear: T-1 D-1
data_rights prohibited: T-3 D-3
hosting self_host: D+2 T+1
teacher_rights cleared: D+1
teacher_rights barred: D-2
regulatory regulated: R+1 T-1
regulatory high_risk: R+1 T-2
iteration monthly: P+2 F+2 T-2
iteration weekly: P+2 F+2 T-2
mlops none: T-3 D-1
mlops partial: T-1
team none: T-2
team borrowed: T-1
task_shape narrow_stable: D+2 T+1
task_shape narrow_shifting: D+1
task_shape broad: T-3 D-2
platform closing: T-2
platform unavailable: T-3
prefix_cost immaterial: P+1 T-1
prefix_cost material: D+3 T+1
context_fit tight: R+1
context_fit exceeds: R+3 P-3
"""
ROWS = [line.split(": ") for line in PUSHES.strip().splitlines()]


def said(question: str, option: str) -> str:
    pushes = {
        o.id: " ".join(f"{LETTERS[t]}{points:+d}" for t, points in o.push.items())
        for o in FRAMEWORK.answerable[question].options
    }
    return pushes[option]


@pytest.mark.parametrize(("answer", "pushes"), ROWS)
def test_answer_argues_as_far_as_this(answer: str, pushes: str) -> None:
    question, option = answer.split()

    assert said(question, option) == pushes


@pytest.mark.parametrize("question", FRAMEWORK.answerable)
def test_other_answers_argue_for_nothing(question: str) -> None:
    options = FRAMEWORK.answerable[question].options
    arguing = {f"{question} {option.id}" for option in options if option.push}

    assert arguing == {answer for answer, _ in ROWS if answer.split()[0] == question}


def test_every_row_is_of_a_question() -> None:
    assert {answer.split()[0] for answer, _ in ROWS} <= FRAMEWORK.answerable.keys()


def test_push_says_the_answer_and_why() -> None:
    pushes = {p.technique: p for p in assess(FRAMEWORK, {"team": "none"}).pushes}

    [push] = pushes["fine_tune"].pushes
    assert (push.question, push.label) == ("team", "Owner of the model")
    assert (push.answer, push.points) == ("Nobody yet", -2)
    assert push.because == "Nobody will own the model"
