"""What page 1 recommends goes on after the name of the verdict, as a sentence does."""

import re

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.board.recommendation import recommendation
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS


def after_name(verdict: str) -> str:
    return recommendation(current(), assessed(ANSWERS[verdict]), has_stopped=False)


@pytest.mark.parametrize("verdict", ANSWERS)
def test_name_and_what_follows_are_two_words_or_two_sentences(verdict: str) -> None:
    said = after_name(verdict)

    assert said.startswith((" ", ". ", ", ", ": ", "; "))
    assert said == said.rstrip()


def test_stop_and_what_to_use_are_one_sentence() -> None:
    assert after_name("stop_fine_tuning").startswith(" and use retrieval: find ")


@pytest.mark.parametrize("verdict", ["distil", "fine_tune", "rag", "gather_evidence"])
def test_name_is_said_once(verdict: str) -> None:
    found = assessed(ANSWERS[verdict])

    opening, _, rest = after_name(verdict).partition(":")

    words = re.findall(r"[a-z]{5,}", found.named.name.casefold())
    assert not [each for each in words if each in opening.casefold()]
    assert rest or verdict == "gather_evidence"
