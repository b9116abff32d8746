"""How long a verdict takes, with and without its explanation."""

import json

from audits.frameworks import answers, flow, loader
from audits.scoring import assess
from audits.scoring.decision import decide
from audits.services.demo import published_cases
from tests.bench.measure import Result, beside

ROUNDS = 200
FRAMEWORK = loader.current()
CASE = next(case for case in published_cases() if case["id"] == "kantar")
CODES = answers.read(
    FRAMEWORK, {k: v for k, v in CASE["facts"].items() if k in FRAMEWORK.answerable}
)
TEXT = json.dumps(CASE)


def decision() -> Result:
    return beside(
        "decide one use case",
        lambda: decide(FRAMEWORK, flow.relevant(FRAMEWORK, CODES)),
        "reading its facts from JSON",
        lambda: json.loads(TEXT),
        ROUNDS,
    )


def assessment() -> Result:
    return beside(
        "assess one use case, trace and unknowns included",
        lambda: assess(FRAMEWORK, CODES),
        "the decision alone",
        lambda: decide(FRAMEWORK, flow.relevant(FRAMEWORK, CODES)),
        ROUNDS,
    )


BENCHMARKS = (decision, assessment)
