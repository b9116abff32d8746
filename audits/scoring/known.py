"""What the answers and results of a use case say about what is priced."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from audits.frameworks.answering import flow
from audits.frameworks.answering.meanings import meanings
from audits.frameworks.evaluation import Code
from audits.frameworks.schema import Framework
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.costs.result_calls import ResultCall
from audits.scoring.numbers.numbers import numbers_of
from audits.scoring.pricing.pricing import Numbers
from audits.scoring.ways_there import reviewed_there


class Known(NamedTuple):
    """What answers say about models: the smaller one failed, a trained one is live.

    `ruled_out` are techniques that may not follow a tuned model that ends;
    `examples_on_smaller` says that the smaller one passed, and examples were scored.
    `meanwhile` are the ways to pay for what the verdict advises until a new model
    serves; None before there is a verdict. `cases` are those that results count, and
    `tested` the ways that they scored; so many examples are `reviewed`. An advice
    `adds_documents` to the prompt, which nobody says are in it. `by_results` is what
    serves at the price of its results.
    """

    smaller_failed: bool = False
    is_live: bool = False
    ruled_out: frozenset[PricedTechnique] = frozenset()
    examples_on_smaller: bool = False
    cases: int = 0
    reviewed: int = 0
    tested: frozenset[PricedTechnique] = frozenset()
    meanwhile: tuple[PricedTechnique, ...] | None = None
    adds_documents: bool = False
    by_results: ResultCall | None = None


NOTHING_KNOWN = Known()


def known_of(framework: Framework, answers: Mapping[str, Code]) -> Known:
    """Return what answers that count say about models."""
    relevant = flow.relevant(framework, answers)
    means = meanings(framework, relevant)
    return Known(
        smaller_failed=means.smaller_failed,
        is_live=means.runs_tuned_model,
        examples_on_smaller=means.examples_on_smaller,
        reviewed=reviewed_there(relevant),
    )


def numbers_with(numbers: tuple[tuple[str, str], ...], known: Known) -> Numbers:
    """Return numbers that were entered, with what answers say about models."""
    found = numbers_of(
        dict(numbers), smaller_failed=known.smaller_failed, is_live=known.is_live
    )
    return replace(
        found,
        ruled_out=known.ruled_out,
        examples_on_smaller=known.examples_on_smaller,
        cases=known.cases,
        reviewed=known.reviewed,
        tested=known.tested,
        meanwhile=known.meanwhile,
        adds_documents=known.adds_documents,
        by_results=known.by_results,
    )
