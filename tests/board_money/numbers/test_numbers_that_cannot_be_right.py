"""What cannot all be right, in one line for a page that says to correct it."""

from audits.frameworks.loading.loader import current
from audits.scoring.sentences.cannot_be_right import cannot_be_right, in_one_line
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

RAG = ANSWERS["rag"]
CACHE = {"prefix_tokens": "0", "cache_hit": "0.5"}


def test_first_is_told_without_what_the_page_says_and_others_are_counted() -> None:
    one = assessed(RAG, knowledge_tokens="60")
    two = assessed(RAG, knowledge_tokens="60", **CACHE)
    [said] = cannot_be_right(current(), one)

    line = in_one_line(current(), one)

    assert "is 60 tokens, but the answer to" in line
    assert line == said.replace(" Correct the one that is wrong.", "")
    assert line != said
    assert in_one_line(current(), two) == f"{line} And 1 more."
    assert in_one_line(current(), assessed(RAG)) == ""
