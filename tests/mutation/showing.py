"""The fewest answers that show a change of a framework, as a row of tests."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from audits.frameworks.evaluation import Code
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import (
    Circumstances,
    EvidenceLevel,
    MarketValue,
)
from audits.scoring.proofs.model import Example
from tests.scoring.parts_of_a_decision import parts

type Answers = Mapping[str, Code]


def row(before: Framework, after: Framework, example: Example) -> str:
    """Return a row of `rules_of_version_2.jsonl` without a name, as JSON.

    It is "" where the example shows nothing of what such a row can expect.
    """
    for under in _circumstances(before, example):
        if _lost(before, after, example.codes, under):
            answers = _fewest(before, after, example.codes, under)
            return json.dumps(_row(before, after, answers, under))
    return ""


def _circumstances(framework: Framework, example: Example) -> Iterator[Circumstances]:
    """Yield those of the example, the simplest first."""
    levels: dict[str, EvidenceLevel] = {
        q: "measured" if q in example.shown else "asserted"
        for q in framework.measurements & example.codes.keys()
    }
    market = {q: MarketValue(value=x, words="") for q, x in example.market.items()}
    yield Circumstances(unmarked="measured")
    yield Circumstances(unmarked="asserted")
    yield Circumstances(levels=levels, unmarked="asserted")
    yield Circumstances(market=market, unmarked="measured")
    yield Circumstances(market=market, levels=levels, unmarked="asserted")


def _lost(
    before: Framework, after: Framework, answers: Answers, under: Circumstances
) -> dict[str, Any]:
    """Return what is so before the change and otherwise after it."""
    was, is_now = (parts(each, answers, under) for each in (before, after))
    names = [x for x in {**was, **is_now} if was.get(x) != is_now.get(x)]
    return {name: was.get(name, False) for name in names}


def _fewest(
    before: Framework, after: Framework, answers: Answers, under: Circumstances
) -> Answers:
    """Take answers away, as long as what is left shows the change."""
    for fewer in _fewer(answers):
        if _lost(before, after, fewer, under):
            return _fewest(before, after, fewer, under)
    return answers


def _fewer(answers: Answers) -> Iterator[Answers]:
    for question, code in answers.items():
        yield {q: other for q, other in answers.items() if q != question}
        if isinstance(code, tuple) and len(code) > 1:
            for out in code:
                yield {**answers, question: tuple(x for x in code if x != out)}


def _row(
    before: Framework, after: Framework, answers: Answers, under: Circumstances
) -> dict[str, Any]:
    levels = {q: level for q, level in under.levels.items() if q in answers}
    under = replace(under, levels=levels)
    found: dict[str, Any] = {"default_level": under.unmarked}
    if levels:
        found["levels"] = levels
    if under.market:
        found["market"] = {q: x.value for q, x in under.market.items()}
    expect = _lost(before, after, answers, under)
    return {**found, "facts": dict(answers), "expect": expect}
