"""What is paid once: to build a technique, to train again, to move to another model.

Each line is one amount, so that a page can show what it is for, and no line is priced
again if a number moves that it does not read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from operator import attrgetter

from audits.scoring.costs.cost_calendar import Counted, OneOff
from audits.scoring.costs.cost_drivers import Traffic, Training
from audits.scoring.costs.cost_inputs import CostInputs, Scenario
from audits.scoring.costs.cost_numbers import InputId, PricedTechnique
from audits.scoring.costs.retrieval_costs import rag_one_off
from audits.scoring.costs.scenario_costs import (
    documents_of,
    examples_of,
    priced_model,
)
from audits.scoring.costs.training_costs import (
    teacher_labels_cost,
    training_run_cost,
)


@dataclass(frozen=True, slots=True)
class Counting:
    """The number of how many of a unit, and that of dollars for each."""

    count: InputId
    unit: str
    each: InputId


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """What is paid once, in words, and its price in dollars.

    The price raises UnpricedError if a number or a model is missing. Of what a line
    counts, as many are no part of it as are `there` already.
    """

    what: str
    price: Callable[[Scenario], Decimal]
    counting: Counting | None = None
    there: Callable[[CostInputs], int] | None = None

    def on(
        self,
        day: date,
        amount: Decimal,
        inputs: CostInputs,
        *,
        serves_meanwhile: bool = False,
    ) -> OneOff:
        """Return what is paid on a day, with the numbers as expected."""
        what = f"{self.what[:1].lower()}{self.what[1:]}"
        return OneOff(
            day=day,
            what=f"Meanwhile, {what}" if serves_meanwhile else self.what,
            amount=amount,
            counted=self._counted(inputs),
            serves_meanwhile=serves_meanwhile,
        )

    def _counted(self, inputs: CostInputs) -> Counted | None:
        if self.counting is None:
            return None
        there = self.there(inputs) if self.there else 0
        count = max(inputs.expected[self.counting.count] - there, Decimal(0))
        unit, is_given = self.counting.unit, self.counting.count in inputs.given
        # They are far more than a team may have, so it is said that nobody counted.
        if self.counting.count == _TO_TRAIN_ON and not is_given:
            unit = f"{unit} (assumed)"
        return Counted(count, unit, inputs.expected[self.counting.each])


_TO_TRAIN_ON: InputId = "training_examples"
type Lines = Mapping[PricedTechnique, tuple[Line, ...]]


def _counted(count: InputId, each: InputId, scenario: Scenario) -> Decimal:
    return scenario.number(count) * scenario.number(each)


def _line(what: str, count: InputId, unit: str, each: InputId) -> Line:
    return Line(what, partial(_counted, count, each), Counting(count, unit, each))


def days_of_work(what: str, count: InputId) -> Line:
    """Return days of an engineer as a line."""
    return _line(what, count, "days", "engineer_day")


def _examples(what: str, count: InputId) -> Line:
    return _line(what, count, "examples", "label_cost")


def _missing(
    count: InputId, there: Callable[[CostInputs], int], scenario: Scenario
) -> Decimal:
    """Return what the examples or cases cost that are not there yet."""
    missing = scenario.number(count) - there(scenario.inputs)
    return max(missing, Decimal(0)) * scenario.number("label_cost")


def _those_missing(
    what: str, count: InputId, there: Callable[[CostInputs], int]
) -> Line:
    price = partial(_missing, count, there)
    return Line(what, price, Counting(count, "examples", "label_cost"), there)


_cases = attrgetter("cases")
_reviewed = attrgetter("reviewed")


def embedded_examples(scenario: Scenario) -> Decimal:
    """Return what it costs once to make worked examples searchable."""
    return rag_one_off(examples_of(scenario))


def embedded_documents(scenario: Scenario) -> Decimal:
    """Return what it costs once to make documents searchable."""
    return rag_one_off(documents_of(scenario))


def _teacher(scenario: Scenario) -> Decimal:
    inputs = scenario.inputs
    missing = "No teacher model is chosen"
    _, prices = priced_model(scenario, inputs.teacher or inputs.model, missing)
    labels = scenario.number("distil_labels")
    asked = Traffic(
        requests=labels,
        prefix=scenario.count("prefix_tokens"),
        variable=scenario.count("variable_tokens"),
        output=scenario.count("output_tokens"),
    )
    return teacher_labels_cost(labels, asked, prices, batched=True)


def _run(examples: InputId, price: InputId, scenario: Scenario) -> Decimal:
    tokens = scenario.number(examples) * scenario.number("training_example_tokens")
    return training_run_cost(
        Training(
            tokens=int(tokens),
            epochs=scenario.number("epochs"),
            price=scenario.number(price),
            runs=scenario.number("training_runs"),
        )
    )


def _runs(examples: InputId, price: InputId) -> Line:
    return Line("Training runs", partial(_run, examples, price))


_PROMPT = days_of_work("Write and test the prompt", "prompt_days")
BUILD_RETRIEVAL = "Build and test retrieval"
_RETRIEVAL = days_of_work(BUILD_RETRIEVAL, "rag_days")
_TRAIN = days_of_work("Train the model", "training_days")
TEST_SET = (
    "et right answers for the test set"  # what is done meanwhile begins in lower case
)
_TEST_SET = _those_missing(f"G{TEST_SET}", "eval_cases", _cases)
# Whatever runs or is reviewed, examples need a prompt made for them and a choice.
_AROUND = days_of_work("Write and test the prompt with examples", "prompt_days")
_STATIC = _examples("Choose the examples", "static_examples")
_POOL = _those_missing("Collect the examples", "example_pool", _reviewed)
_LABELS = _examples("Get reviewed examples to train on", _TO_TRAIN_ON)
_CHECKED = _examples("Check the teacher’s answers", "reviewed_labels")
_CHOOSE = days_of_work("Choose a model", "choose_days")
REWRITE = "Rewrite the prompt"
_REWRITE = days_of_work(REWRITE, "reprompt_days")
_RETRAIN = days_of_work("Train again", "retune_days")
_TEST_AGAIN = days_of_work("Test again", "reevaluate_days")
_EMBED_EXAMPLES = Line("Make the examples searchable", embedded_examples)
_EMBED_DOCUMENTS = Line("Make the documents searchable", embedded_documents)
_TEACHER = Line("Teacher-model answers", _teacher)
_RUN: Mapping[PricedTechnique, Line] = {
    "distil": _runs("distil_labels", "training_price_own"),
    "fine_tune_hosted": _runs("training_examples", "training_price_hosted"),
    "fine_tune_own": _runs("training_examples", "training_price_own"),
}
# Both ways to give examples have one prompt around them.
_SHARED: Mapping[PricedTechnique, PricedTechnique] = {
    "few_shot": "few_shot_retrieved",
    "few_shot_retrieved": "few_shot",
}
# What is paid before it runs: docs/method.md, formulas 5 and 8.
BUILDS: Lines = {
    "prompt": (_PROMPT, _TEST_SET),
    "prompt_smaller": (_PROMPT, _TEST_SET),
    "prompt_documents": (_PROMPT, _TEST_SET),
    "prompt_tested": (_PROMPT, _TEST_SET),
    "few_shot": (_AROUND, _TEST_SET, _STATIC),
    "few_shot_retrieved": (_AROUND, _TEST_SET, _POOL, _EMBED_EXAMPLES),
    "rag": (_RETRIEVAL, _TEST_SET, _EMBED_DOCUMENTS),
    "distil": (_TEACHER, _TRAIN, _CHECKED, _TEST_SET, _RUN["distil"]),
    "fine_tune_hosted": (_LABELS, _TRAIN, _TEST_SET, _RUN["fine_tune_hosted"]),
    "fine_tune_own": (_LABELS, _TRAIN, _TEST_SET, _RUN["fine_tune_own"]),
}


def to_build(technique: PricedTechnique, inputs: CostInputs) -> tuple[Line, ...]:
    """Return what is paid before a technique runs: nothing for what is there.

    Source: docs/method.md, formulas 5 and 8.
    """
    if inputs.is_made(technique):
        return ()
    like = _SHARED.get(technique)
    is_written = like is not None and inputs.is_made(like)
    return tuple(x for x in BUILDS[technique] if not (is_written and x is _AROUND))


# The examples and the test set are there, and not paid again: formula 13.
RETRAININGS: Lines = {key: (_RETRAIN, run, _TEST_AGAIN) for key, run in _RUN.items()}
MOVES: Lines = {key: (_CHOOSE, *lines) for key, lines in RETRAININGS.items()}
MOVE_TO_PROMPT: tuple[Line, ...] = (_CHOOSE, _REWRITE, _TEST_AGAIN)
# What follows a trained model where that may be no prompt on the next model.
FOLLOWS: Lines = {
    "prompt_smaller": MOVE_TO_PROMPT,
    "few_shot": (_CHOOSE, _REWRITE, _STATIC, _TEST_AGAIN),
    "few_shot_retrieved": (_CHOOSE, _REWRITE, _POOL, _EMBED_EXAMPLES, _TEST_AGAIN),
    "rag": (_CHOOSE, _RETRIEVAL, _EMBED_DOCUMENTS, _TEST_AGAIN),
}
