"""What golden numbers are worked out with is the framework, but for what was added."""

from pathlib import Path

from audits.frameworks.loading.loader import load, published
from tests.frameworks.edited_pack import PACK
from tests.frameworks.pinned import QUESTIONS, pinned

ADDED = """
  - id: made_up
    section: risk
    kind: one
    label: Fallback
    text: Who answers while the model is down?
    hint: A named person.
    why: A trained model ties you to one base model.
    used: Without anybody, nothing is trained.
    find_out: Ask who was called the last time.
    hours: 1
    sources: [art_hidden]
    options:
      - {id: person, name: A person, text: Staff take over., no_push: No reason}
      - {id: nobody, name: Nobody, text: The work waits., no_push: No reason}

computed:
"""
BLOCKER = """
blockers:
  - id: made_up_blocker
    name: Fallback
    text: Nobody answers while the model is down.
    mend: Name who answers.
    when: {question: made_up, is: nobody}
    sources: [art_hidden]
"""


def test_every_pinned_question_is_asked_still() -> None:
    assert published("fine_tuning", 1).question_by_id.keys() >= QUESTIONS


def test_question_and_its_blocker_are_left_out(tmp_path: Path) -> None:
    text = PACK.replace("\ncomputed:\n", ADDED).replace("\nblockers:\n", BLOCKER)
    file = tmp_path / "v1.yaml"
    file.write_text(text, encoding="utf-8")
    framework = load(file)

    found = pinned(framework)

    before = pinned(published("fine_tuning", 1))
    assert len(framework.questions) == len(published("fine_tuning", 1).questions) + 1
    assert found.questions == before.questions
    assert found.blockers == before.blockers
    assert len(framework.blockers) == len(published("fine_tuning", 1).blockers) + 1
