"""A target above how often experts agree is told."""

from decimal import Decimal

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.scored.candidates import Candidates
from audits.scoring.step_facts import card_facts
from audits.scoring.told.targets import target_above


@pytest.mark.parametrize(
    ("answer", "target", "said"),
    [
        ("mostly", "0.955", "95.5 of 100 cases must pass, and"),
        ("mostly", "0.9", "90 of 100 cases must pass, and"),
        ("mostly", "0.85", ""),
        ("inconsistent", "0.8", "“Agreement of experts” is “Under 80%”."),
        ("consistent", "0.92", "The target may be above how often experts agree: 92 "),
        ("consistent", "0.9", ""),
        ("not_checked", "0.99", ""),
        ("unknown", "0.99", ""),
        ("mostly", None, ""),
    ],
)
def test_target_is_compared_with_the_answer(
    answer: str, target: str | None, said: str
) -> None:
    candidates = Candidates(target=Decimal(target) if target else None)

    found = target_above(current(), {"example_quality": answer}, candidates)

    assert bool(found) is bool(said)
    assert said in found


def test_every_answer_of_the_data_is_one_of_the_question() -> None:
    for known in card_facts().agreement:
        question = current().question_by_id[known.question]
        assert known.answer in {option.id for option in question.options}
