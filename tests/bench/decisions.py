"""How long a verdict takes, with and without its explanation and its flips."""

import json
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from audits.frameworks.answering import answers, flow
from audits.frameworks.evaluation import Code
from audits.frameworks.loading import loader
from audits.frameworks.loading.cases import published_cases
from audits.scoring import assess
from audits.scoring.assess_on import assess_on
from audits.scoring.deciding.decision import decide
from audits.scoring.deciding.flips import flips
from audits.scoring.inputs import Inputs
from audits.scoring.market import circumstances_on
from audits.scoring.numbers.numbers import numbers_of
from audits.scoring.pricing.pricing import computed_on, economics
from audits.scoring.what_if.changes import Changes, changed
from audits.scoring.what_if.comparison import Outcome, compared, outcome_of
from tests.bench.measure import Result, beside
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS
from tests.scoring.worked_numbers import ON_OWN_GPUS

type Answers = Mapping[str, Code]

FRAMEWORK = loader.current()
CASES = [
    answers.read(
        FRAMEWORK,
        {k: v for k, v in case["facts"].items() if k in FRAMEWORK.answerable},
    )
    for case in published_cases()
]
DAY = date(2026, 11, 24)
UNDER = circumstances_on(FRAMEWORK, DAY)
TEXT = json.dumps(CASES[0])
TRAINING = Inputs(
    codes=answers.read(FRAMEWORK, TRAINING_CASE),
    levels=TRAINING_LEVELS,
    numbers=ON_OWN_GPUS,
)
MOST_OF_A_SCENARIO = 100  # ms of the processor


def _of_one(
    name: str, work: Callable[[Answers], object], against: str, rounds: int
) -> Result:
    """Measure work on every published case; the value is the mean of one case."""
    found = beside(
        f"{name}, mean of {len(CASES)} published cases",
        lambda: [work(case) for case in CASES],
        against,
        lambda: [BASELINES[against](case) for case in CASES],
        rounds,
    )
    return replace(found, value=found.value / len(CASES))


def _decided(case: Answers) -> object:
    return decide(FRAMEWORK, flow.relevant(FRAMEWORK, case), UNDER)


def _flips_of_one(case: Answers) -> object:
    return flips(FRAMEWORK, case, 1, UNDER)


BASELINES: dict[str, Callable[[Answers], object]] = {
    "reading its facts from JSON": lambda _: json.loads(TEXT),
    "the decision alone": _decided,
    "flips of one answer": _flips_of_one,
}


def decision() -> Result:
    return _of_one("decide one use case", _decided, "reading its facts from JSON", 20)


def assessment() -> Result:
    return _of_one(
        "assess one use case with its trace",
        lambda case: assess(FRAMEWORK, case, UNDER, flip_size=0),
        "the decision alone",
        20,
    )


def flips_of_one() -> Result:
    return _of_one(
        "assess one use case with flips of one answer",
        lambda case: assess(FRAMEWORK, case, UNDER),
        "the decision alone",
        5,
    )


def flips_of_two() -> Result:
    return _of_one(
        "find the flips of two answers",
        lambda case: flips(FRAMEWORK, case, 2, UNDER),
        "flips of one answer",
        1,
    )


def pricing() -> Result:
    """Price eight techniques of one use case over 12 months, spans included."""
    numbers = numbers_of(
        ON_OWN_GPUS | {"smaller": "gpt-6-luna", "tuned": "gpt-4o-mini"}
    )
    return beside(
        "price one use case with its calendar",
        lambda: economics(numbers, DAY),
        "the computed answers alone",
        lambda: computed_on(numbers, DAY),
        50,
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


def scenarios() -> Iterator[Result]:
    """Compare one scenario after the other with its original, as “What if?” does."""
    original, spent = _outcome(TRAINING), []
    for changes in _scenarios():
        start = time.process_time()
        compared(original, [_outcome(changed(TRAINING, changes))])
        spent.append((time.process_time() - start) * 1000)
    *_, slow = statistics.quantiles(spent, n=20)
    for said, value in (("median", statistics.median(spent)), ("95 of 100", slow)):
        yield Result(
            f"compare one scenario with its original, {said} of {len(spent)}",
            value,
            "ms of the processor",
            f"the bar of {MOST_OF_A_SCENARIO}",
            value / MOST_OF_A_SCENARIO,
            1,
        )


def _scenarios() -> Iterator[Changes]:
    """Yield every other option of each question, and other numbers of calls."""
    for question in FRAMEWORK.questions:
        now = TRAINING.codes.get(question.id)
        for option in question.options if question.kind == "one" else ():
            if option.id != now:
                yield Changes(answers={question.id: option.id})
    for number in range(1, 41):
        yield Changes(numbers={"requests": str(number * 7_000)})


def _outcome(inputs: Inputs) -> Outcome:
    return outcome_of(FRAMEWORK, assess_on(FRAMEWORK, inputs, DAY), inputs)


BENCHMARKS = (
    decision,
    assessment,
    flips_of_one,
    flips_of_two,
    scenarios,
    pricing,
    rescoring,
)
