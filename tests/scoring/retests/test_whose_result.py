"""Which candidate a run of a newer file is, by its name, its place and its file."""

from dataclasses import replace

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.retests.evidence import check_evidence
from audits.scoring.retests.evidence_words import evidence_lines
from audits.scoring.retests.named import NewResults
from tests.scoring.exchange.made_attachments import DAY
from tests.scoring.exchange.test_candidates_in_papers import FOUND, INPUTS
from tests.scoring.retests.newer_results import (
    BEST,
    MODEL,
    NEW,
    PROMPT,
    STRONG,
    TYPED,
    checked,
    run,
)


def test_candidate_typed_by_hand_is_not_measured() -> None:
    typed = replace(TYPED, model="typed")

    found = checked(run(10, name="typed"), rows=(BEST, typed))

    assert (found.state, found.why_untold) == ("not_known", "not_in_file")
    assert found.unused == ("typed",)
    assert found.missing == (BEST,)


@pytest.mark.parametrize("name", [None, "gpt-5", f"{MODEL} again"])
def test_run_of_another_name_says_nothing(name: str | None) -> None:
    found = checked(run(10, name=name))

    assert (found.state, found.why_untold) == ("not_known", "not_in_file")
    assert found.conditions == ()


def test_two_runs_of_one_name_are_told_apart_by_their_place_alone() -> None:
    second = replace(BEST, run=1)

    told = checked(run(10), run(190), rows=(second, TYPED))
    untold = checked(run(10), run(190), rows=(replace(BEST, run=5), TYPED))

    assert told.retested[0].now.passed == 190
    assert told.unused == (MODEL,)
    assert untold.why_untold == "not_in_file"


def test_the_same_file_is_read_by_its_run_whatever_that_is_called() -> None:
    [digest] = {BEST.sha256}

    found = checked(run(190, name=None), digest=digest, rows=(replace(BEST, run=0),))

    assert found.retested[0].now.passed == 190
    assert (found.state, found.why_untold) == ("not_known", "same_file")
    assert [*evidence_lines(found)][1:] == [
        "This is the file that was signed, so it proves nothing new."
    ]


def test_capitals_of_a_name_do_not_matter() -> None:
    found = checked(run(192, name=MODEL.upper()))

    assert found.retested[0].now.passed == 192
    assert found.unused == ()


def test_name_of_another_candidate_in_capitals_is_that_candidate() -> None:
    other = replace(STRONG, model="CURRENT PROMPT")

    found = checked(run(192, name="CURRENT PROMPT"), rows=(PROMPT, other))

    assert [each.before for each in found.retested] == [other]
    assert found.missing == (PROMPT,)


@pytest.mark.parametrize("label", ["signed", "newer", "none"])
def test_label_of_a_prompt_makes_no_other_candidate(label: str) -> None:
    named, labelled = BEST.model, f"{BEST.model}, Do it"
    signed, newer = run(190), run(120)
    if label == "signed":
        signed = replace(signed, candidate=labelled, bare_name=named)
    if label == "newer":
        newer = replace(newer, candidate=labelled, bare_name=named)
    row = replace(BEST, model=signed.candidate or "")

    found = checked(newer, rows=(row,), signed=signed)

    assert (found.state, found.retested[0].now.passed) == ("differs", 120)


def test_run_without_label_is_neither_of_two_candidates() -> None:
    short = replace(BEST, model=f"{MODEL}, Short")
    long = replace(BEST, id="c9", model=f"{MODEL}, Long")
    runs = {
        row.id: replace(run(190), candidate=row.model, bare_name=MODEL)
        for row in (short, long)
    }
    inputs = replace(INPUTS, candidates=replace(FOUND, rows=(short, long)))
    new = NewResults(runs=[run(120)], digest=NEW, signed_runs=runs)

    found = check_evidence(current(), inputs, DAY, new)

    assert found.missing == (short, long)
