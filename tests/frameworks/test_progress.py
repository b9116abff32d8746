"""How far an audit has come, over a few questions that are picked here."""

from dataclasses import replace

from audits.frameworks.answering import flow
from audits.frameworks.answering.progress import Progress, progress
from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import published

WHOLE = published("fine_tuning", 1)
PICKED = ("goal", "state", "format_need", "format_evidence", "volume")
SECTIONS = ("purpose", "format", "volume")
FRAMEWORK = replace(
    WHOLE,
    sections=tuple(replace(s, minutes=4) for s in WHOLE.sections if s.id in SECTIONS),
    questions=tuple(WHOLE.question_by_id[question] for question in PICKED),
)


def progress_of(**answers: Code) -> Progress:
    return progress(FRAMEWORK, flow.relevant(FRAMEWORK, answers))


def test_nothing_is_answered_at_the_start() -> None:
    found = progress_of()

    assert [part.status for part in found.sections] == ["todo"] * 3
    assert (found.answered, found.applicable, found.completed) == (0, 4, 0)
    assert (found.minutes_left, found.more_at_most) == (12, 1)
    assert found.next_section == FRAMEWORK.sections[0]


def test_sections_are_done_in_progress_and_to_do() -> None:
    found = progress_of(goal=("style",), format_need="free")

    assert [part.status for part in found.sections] == ["doing", "done", "todo"]
    assert [(p.answered, p.applicable) for p in found.sections] == [
        (1, 2),
        (1, 1),
        (0, 1),
    ]
    assert (found.completed, found.minutes_left) == (1, 6)


def test_an_answer_may_open_a_question() -> None:
    found = progress_of(format_need="schema")

    assert found.sections[1].status == "doing"
    assert (found.applicable, found.more_at_most) == (5, 0)


def test_minutes_are_rounded_up_and_end_at_nothing() -> None:
    answers: dict[str, Code] = {
        "goal": ("style",),
        "state": "none",
        "format_need": "schema",
        "format_evidence": "unknown",
    }

    assert progress_of(**answers).minutes_left == 4
    assert progress_of(**answers, volume="unknown").minutes_left == 0
    assert progress_of(**answers, volume="unknown").next_section is None


def test_section_after_the_last_is_none() -> None:
    first, second, last = FRAMEWORK.sections

    assert progress_of().after(first) == second
    assert progress_of().after(last) is None
