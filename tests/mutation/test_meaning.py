"""What counts as a change of a framework, and what means the same."""

from functools import cache

import pytest

from audits.frameworks.loader import read
from tests.frameworks.edited_pack import NEWEST, changed
from tests.mutation.meaning import Meaning

RARE = "or private\n    when: {question: domain_vocab, in: [niche, private]}"
STOP_MET = "{question: state, in: [in_cycle]}, {fact: met_proven}"


@cache
def meaning() -> Meaning:
    return Meaning(read(NEWEST.encode(), "v2.yaml"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # The order of options does not count.
        (RARE, RARE.replace("niche, private", "private, niche")),
        # Nobody is in a cycle and has none.
        (STOP_MET, f"{STOP_MET}, {{not: {{question: state, in: [none]}}}}"),
    ],
)
def test_change_that_no_answers_show_means_the_same(old: str, new: str) -> None:
    edited = read(changed((old, new), pack=NEWEST).encode(), "v2.yaml")

    assert meaning().is_that_of(edited)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (STOP_MET, "{question: state, in: [in_cycle, planned]}, {fact: met_proven}"),
        (RARE, RARE.replace("niche, private", "private")),
        # Of a caution, which no formula of the decision reads.
        ("when: {question: portability, in: [none]}", "when: {fact: live}"),
        # Of a question itself.
        ("ticks_at_least: 4", "ticks_at_least: 3"),
    ],
)
def test_change_that_some_answers_show_means_something_else(old: str, new: str) -> None:
    edited = read(changed((old, new), pack=NEWEST).encode(), "v2.yaml")

    assert not meaning().is_that_of(edited)
