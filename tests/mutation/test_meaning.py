"""What counts as a change of a framework, and what means the same."""

import json
from functools import cache

import pytest

from audits.frameworks.answering import answers
from audits.frameworks.loading.loader import read
from tests.examples import some_of, thorough
from tests.frameworks.edited_pack import NEWEST, changed
from tests.mutation.meaning import Meaning
from tests.scoring.deciding.test_rules_of_version_2 import circumstances
from tests.scoring.parts_of_a_decision import parts

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
        thorough((STOP_MET, f"{STOP_MET}, {{not: {{question: state, in: [none]}}}}")),
    ],
)
def test_change_that_no_answers_show_means_the_same(old: str, new: str) -> None:
    edited = read(changed((old, new), pack=NEWEST).encode(), "v2.yaml")

    assert meaning().is_read_of(edited)
    assert meaning().difference(edited) is None


@pytest.mark.parametrize(
    ("old", "new", "facts"),
    some_of(
        [
            (
                RARE,
                RARE.replace("niche, private", "private"),
                {"domain_vocab"},
            ),
            # Of a caution, which no formula of the decision reads.
            (
                "when: {question: portability, in: [none]}",
                "when: {question: portability, in: [none, test_set]}",
                {"portability"},
            ),
        ],
        1,
    ),
)
def test_change_is_shown_by_the_fewest_answers(
    old: str, new: str, facts: set[str]
) -> None:
    edited = read(changed((old, new), pack=NEWEST).encode(), "v2.yaml")
    example = meaning().difference(edited)
    assert example is not None

    row = json.loads(meaning().row(edited, example))

    assert facts <= row["facts"].keys()
    assert row["expect"]
    under = circumstances(row)
    codes = answers.read(edited, row["facts"])
    for framework, is_as_before in ((meaning().framework, True), (edited, False)):
        found = parts(framework, codes, under)
        now = {name: found.get(name, False) for name in row["expect"]}
        assert (now == row["expect"]) is is_as_before


def test_change_of_a_question_itself_is_not_asked_of_the_solver() -> None:
    text = changed(("ticks_at_least: 4", "ticks_at_least: 3"), pack=NEWEST)

    assert not meaning().is_read_of(read(text.encode(), "v2.yaml"))
