"""What golden numbers are worked out with is version 2, but for what was added."""

from dataclasses import replace

import pytest

from audits.frameworks.loading.loader import load, published
from audits.frameworks.schema import Framework
from audits.scoring import assess
from audits.scoring.deciding.circumstances import Circumstances
from tests.frameworks.edited_pack import NEWEST, changed
from tests.frameworks.pinned import (
    QUESTIONS,
    added,
    answering_the_rest,
    pinned,
    read_by,
)
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

QUESTION = """
  - id: made_up
    section: place
    kind: one
    changes_by: work
    better: earlier
    label: Fallback
    text: Who answers while the model is down?
    hint: A named person.
    why: A trained model ties you to one base model.
    used: Without anybody, nothing is trained.
    find_out: Ask who was called the last time.
    hours: 1
    sources: [art_hidden]
    options:
      - {id: person, name: A person, text: Staff take over.}
      - {id: nobody, name: Nobody, text: The work waits.}

computed:
"""
FACT = """
facts:
  - {id: made_up_fact, text: Nobody answers, when: {question: made_up, in: [nobody]}}
"""
BLOCKER = """
blockers:
  - id: made_up_blocker
    name: Fallback
    text: Nobody answers while the model is down.
    mend: Name who answers.
    when: {fact: made_up_fact}
    sources: [art_hidden]
"""
GATE = """
gates:
  - id: made_up_gate
    says: once it is known who answers
    holds: {question: made_up, in: [person]}
    sources: [art_hidden]
"""
RULED_OUT = """
ruled_out:
  - id: made_up_reason
    ways: [fine_tune_hosted]
    says: nobody answers while it is down
    when: {question: made_up, in: [nobody]}
"""
CONTRADICTION = """
contradictions:
  - id: made_up_contradiction
    answers: {made_up: [nobody], goal: [nothing]}
    says: Look at both again.
"""


def test_every_pinned_question_is_asked_still() -> None:
    assert published("fine_tuning", 2).question_by_id.keys() >= QUESTIONS


@pytest.fixture(scope="module")
def widened(tmp_path_factory: pytest.TempPathFactory) -> Framework:
    """Version 2 with another question, and a row of each table that reads it."""
    text = changed(
        ("\ncomputed:\n", QUESTION),
        ("\nfacts:\n", FACT),
        ("\nblockers:\n", BLOCKER),
        ("\ngates:\n", GATE),
        ("\nruled_out:\n", RULED_OUT),
        ("once_needed: [", "once_needed: [made_up, "),
        ("\ncontradictions:\n", CONTRADICTION),
        ("    retry: signal\n", "    retry: signal\n    made_up: person\n"),
        ("  needs:\n    - {", "  needs:\n    - {made_up: person}\n    - {"),
        pack=NEWEST,
    )
    file = tmp_path_factory.mktemp("widened") / "v2.yaml"
    file.write_text(text, encoding="utf-8")
    return load(file)


def test_question_is_left_out_with_what_reads_it(widened: Framework) -> None:
    before = published("fine_tuning", 2)

    found = pinned(widened)

    assert added(widened) == (*added(before), "made_up")
    assert len(widened.blockers) == len(before.blockers) + 1
    kept = replace(found, content_hash=before.content_hash)
    assert kept == pinned(before)


def test_case_that_answers_an_added_question_is_read_without_it(
    widened: Framework,
) -> None:
    found = read_by(pinned(widened), {**TRAINING_CASE, "made_up": "person"})

    assert found.keys() == TRAINING_CASE.keys() & QUESTIONS


@pytest.mark.parametrize("given", [{}, {"made_up": "person"}])
def test_rest_is_answered_as_it_changes_nothing(
    widened: Framework, given: dict[str, str]
) -> None:
    under = Circumstances(levels=TRAINING_LEVELS)
    case = {**TRAINING_CASE, **given}

    found = answering_the_rest(widened, case, under)

    assert found["made_up"] == "person"
    verdict = assess(widened, read_by(widened, found), under).verdict
    assert verdict == "fine_tune"
