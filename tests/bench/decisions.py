"""How long a verdict takes, with and without its explanation and its flips."""

import json
from datetime import date

from audits.frameworks import answers, flow, loader
from audits.frameworks.cases import published_cases
from audits.scoring import assess
from audits.scoring.deciding.decision import decide
from audits.scoring.deciding.flips import flips
from audits.scoring.market import circumstances_on
from tests.bench.measure import Result, beside

FRAMEWORK = loader.current()
CASES = [
    answers.read(
        FRAMEWORK,
        {k: v for k, v in case["facts"].items() if k in FRAMEWORK.answerable},
    )
    for case in published_cases()
]
KANTAR = CASES[24]
TEXT = json.dumps(KANTAR)
UNDER = circumstances_on(FRAMEWORK, date(2026, 11, 24))


def _verdict() -> object:
    return decide(FRAMEWORK, flow.relevant(FRAMEWORK, KANTAR), UNDER)


def decision() -> Result:
    name, against = "decide one use case", "reading its facts from JSON"
    return beside(name, _verdict, against, lambda: json.loads(TEXT), 500)


def assessment() -> Result:
    return beside(
        "assess one use case with its trace",
        lambda: assess(FRAMEWORK, KANTAR, UNDER, flip_size=0),
        "the decision alone",
        _verdict,
        500,
    )


def flips_of_one() -> Result:
    return beside(
        "assess one use case with flips of one answer",
        lambda: assess(FRAMEWORK, KANTAR, UNDER),
        "the decision alone",
        _verdict,
        50,
    )


def flips_of_two() -> Result:
    return beside(
        "find the flips of two answers",
        lambda: flips(FRAMEWORK, KANTAR, 2, UNDER),
        "flips of one answer",
        lambda: flips(FRAMEWORK, KANTAR, 1, UNDER),
        10,
    )


def rescoring() -> Result:
    many = [CASES[number % len(CASES)] for number in range(10_000)]
    return beside(
        "score 10,000 audits anew",
        lambda: [decide(FRAMEWORK, flow.relevant(FRAMEWORK, a), UNDER) for a in many],
        "reading 10,000 documents of answers from JSON",
        lambda: [json.loads(TEXT) for _ in many],
        1,
    )


BENCHMARKS = (decision, assessment, flips_of_one, flips_of_two, rescoring)
