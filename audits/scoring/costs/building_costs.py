"""What is paid once: to build a technique, to train again, to move to another model.

Each line is one amount, so that a page can show what it is for, and no line is priced
again if a number moves that it does not read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from audits.scoring.costs.cost_calendar import OneOff
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


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """What is paid once, in words, and its price in dollars.

    The price raises UnpricedError if a number or a model is missing. A line that is
    counted says how many of a `unit`, and at what amount `each`; `cases_there` says
    that the cases that somebody tested on already are no part of it.
    """

    what: str
    price: Callable[[Scenario], Decimal]
    count: InputId | None = None
    unit: str = ""
    each: InputId | None = None
    cases_there: bool = False

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
            count=self._count(inputs),
            unit=self.unit,
            each=inputs.expected[self.each] if self.each else Decimal(0),
            serves_meanwhile=serves_meanwhile,
        )

    def _count(self, inputs: CostInputs) -> Decimal | None:
        if self.count is None:
            return None
        there = inputs.cases if self.cases_there else 0
        return max(inputs.expected[self.count] - there, Decimal(0))


type Lines = Mapping[PricedTechnique, tuple[Line, ...]]


def _counted(count: InputId, each: InputId, scenario: Scenario) -> Decimal:
    return scenario.number(count) * scenario.number(each)


def _line(what: str, count: InputId, unit: str, each: InputId) -> Line:
    return Line(what, partial(_counted, count, each), count, unit, each)


def days_of_work(what: str, count: InputId) -> Line:
    """Return days of an engineer as a line."""
    return _line(what, count, "days", "engineer_day")


def _examples(what: str, count: InputId) -> Line:
    return _line(what, count, "examples", "label_cost")


def _missing_cases(scenario: Scenario) -> Decimal:
    """Return what the cases cost that are missing in the test set."""
    missing = scenario.number("eval_cases") - scenario.inputs.cases
    return max(missing, Decimal(0)) * scenario.number("label_cost")


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


_PROMPT = days_of_work("Write the prompt", "prompt_days")
_RETRIEVAL = days_of_work("Build retrieval", "rag_days")
_TRAIN = days_of_work("Train the model", "training_days")
_TEST_SET = Line(
    "Make the test set",
    _missing_cases,
    "eval_cases",
    "examples",
    "label_cost",
    cases_there=True,
)
_STATIC = _examples("Write the examples", "static_examples")
_POOL = _examples("Collect the examples", "example_pool")
_LABELS = _examples("Review the examples", "training_examples")
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
# What is paid before it runs: docs/method.md, formulas 5 and 8.
BUILDS: Lines = {
    "prompt": (_PROMPT, _TEST_SET),
    "prompt_smaller": (_PROMPT, _TEST_SET),
    "prompt_documents": (_PROMPT, _TEST_SET),
    "prompt_tested": (_PROMPT, _TEST_SET),
    "few_shot": (_PROMPT, _TEST_SET, _STATIC),
    "few_shot_retrieved": (_PROMPT, _TEST_SET, _POOL, _EMBED_EXAMPLES),
    "rag": (_RETRIEVAL, _TEST_SET, _EMBED_DOCUMENTS),
    "distil": (_TEACHER, _TRAIN, _CHECKED, _TEST_SET, _RUN["distil"]),
    "fine_tune_hosted": (_LABELS, _TRAIN, _TEST_SET, _RUN["fine_tune_hosted"]),
    "fine_tune_own": (_LABELS, _TRAIN, _TEST_SET, _RUN["fine_tune_own"]),
}
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
