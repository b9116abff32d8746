"""Each count of passed cases leads where its outcome says, of whatever candidates."""

import re
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on, decide_on
from audits.scoring.cards.card import Card
from audits.scoring.cards.cards import cards_of
from audits.scoring.cards.cases.more_cases import MORE_CASES
from audits.scoring.cards.cases.open_cases import RUN_AGAIN
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.unscored import as_scored, open_cases
from audits.scoring.scored.words import short_name
from tests.examples import some_of
from tests.scoring.scored.test_candidates import FILE, candidates, scored
from tests.scoring.what_if.test_changes import CASES, DAY

KINDS: tuple[Any, ...] = ("prompt", "examples", "stronger", "optimised", "split")


def made(number: int) -> Inputs:
    """Results of a worked example, the best of them near the target."""
    chance = Random(number)  # noqa: S311 - the same cases every time
    cases, target = chance.choice((40, 60, 100, 200)), chance.choice(("0.9", "0.8"))
    best = float(target) - chance.choice((-0.03, 0.02, 0.06, 0.1))
    rows = []
    for place, kind in enumerate(KINDS[: chance.randint(1, 5)]):
        share = best if place == 0 else best - chance.random() * 0.2
        row = scored(kind, round(share * cases), cases, id=f"c{place + 1}", sha256=FILE)
        rows.append(replace(row, run=place))
    if chance.random() < 0.5:
        rows[-1] = replace(rows[-1], lacks=chance.choice((10, 80, 140)))
    given = CASES[number % len(CASES)]
    return replace(given, candidates=candidates(*rows, target=target))


def counts_of(words: str, most: int) -> range:
    """Return which counts an outcome is of."""
    if words.startswith("Any number"):
        return range(most + 1)
    if words in ("None of them passes", "All of them pass"):
        end = 0 if words.startswith("None") else most
        return range(end, end + 1)
    said = words.rpartition(" passes ")[2].partition(" of ")[0].replace(",", "")
    first, *last = map(int, re.findall("[0-9]+", said))
    if "fewer" in said:
        return range(first + 1)
    end = most if "more" in said else (last or [first])[0]
    return range(first, end + 1)


def with_count(inputs: Inputs, card: Card, row: ScoredCandidate, count: int) -> Inputs:
    """Return the inputs once so many cases have passed."""
    found, rows = inputs.candidates, []
    for each in found.rows:
        after = each
        if card.id != MORE_CASES and each == row:
            none = as_scored(row, passed=False)
            after = replace(none, passed=(row.passed or 0) + count)
        elif card.id == MORE_CASES and each == row:
            after = replace(row, cases=card.cases, passed=count)
        elif each.id in card.only:
            cases = each.cases + card.cases - row.cases
            share = (each.passed or 0) * cases // each.cases
            after = replace(each, cases=cases, passed=share)
        rows.append(after)
    return replace(inputs, candidates=replace(found, rows=tuple(rows)))


def decided_by(inputs: Inputs, card: Card) -> ScoredCandidate | None:
    """Return the result whose count a card tells; None where it tells none."""
    said = "".join(words for x in card.outcomes for words in x.results)
    for row in inputs.candidates.rows:
        is_named = card.id == MORE_CASES and f"“{short_name(row)}” passes" in said
        if is_named or card.id == f"{RUN_AGAIN}_{row.id}":
            return row
    return None


@pytest.mark.parametrize("number", some_of(list(range(60)), at_most=6))
def test_every_count_leads_where_its_outcome_says(number: int) -> None:
    framework, inputs = current(), made(number)
    assessment = assess_on(framework, inputs, DAY)

    for card in cards_of(framework, assessment, inputs):
        row = decided_by(inputs, card)
        if row is None:
            continue
        is_more = card.id == MORE_CASES
        least = (row.passed or 0) if is_more else 0
        top = least + card.cases - row.cases if is_more else open_cases(row)
        told = [
            (count, outcome.verdict)
            for outcome in card.outcomes
            if not outcome.opens
            for words in outcome.results
            for count in counts_of(words, top)
            if count >= least
        ]
        for count, verdict in told:
            then = with_count(inputs, card, row, count)
            assert decide_on(framework, then, DAY).verdict == verdict, count


def test_these_candidates_have_such_cards() -> None:
    framework, found = current(), set()
    for number in range(6):
        inputs = made(number)
        cards = cards_of(framework, assess_on(framework, inputs, DAY), inputs)
        found |= {x.id.partition("_c")[0] for x in cards if decided_by(inputs, x)}

    assert found == {MORE_CASES.partition("_c")[0], RUN_AGAIN}
