"""A change that a test brings says that the test must miss the target too."""

from audits.frameworks.loading.loader import current
from audits.models import Cover
from audits.reports.page_one import page_one
from audits.scoring.summary.actions import actions, changes_in_order
from tests.scoring.letters import letters, scored

HANDBOOK = {
    "goal": ["knowledge"],
    "tried": ["instructions"],
    "knowledge_size": "small",
    "change_rate": "quarterly",
}


def test_page_one_says_the_whole_condition_of_what_it_recommends() -> None:
    assessment = letters(scored("documents", 69, 80), answers=HANDBOOK)
    assert assessment.advice
    assert assessment.advice.step.id == "update_documents"

    said = page_one(current(), assessment, Cover(), "Letters").change

    assert said.startswith(
        "If the answer to “Simpler approaches tested” were “Updated documents in the "
        "prompt” as well, and the target (90 of 100) is still missed, the verdict "
        "would be "
        "“retrieval (RAG)”."
    )


def test_changes_without_a_test_have_no_such_condition() -> None:
    assessment = letters(scored("documents", 69, 80), answers=HANDBOOK)

    told = {
        flip.changes[0].question: getattr(flip.changes[0], "besides", "")
        for flip in changes_in_order(current(), assessment)
    }

    assert told.pop("tried") == "as well, and the target is still missed"
    assert not any(told.values())


def test_without_a_target_answers_must_still_be_wrong() -> None:
    answers = HANDBOOK | {
        "tried": ["instructions", "in_prompt"],
        "quality_gap": "often_wrong",
    }
    assessment = letters(answers=answers, target=None)

    [flip] = (
        x for x in actions(current(), assessment) if x.changes[0].question == "tried"
    )

    besides = getattr(flip.changes[0], "besides", "")
    assert besides == "as well, and answers are still wrong"
