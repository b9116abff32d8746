"""What the answers and results of a use case say about what is priced."""

from collections.abc import Mapping
from dataclasses import fields, replace

from audits.frameworks.answering import flow
from audits.frameworks.answering.meanings import meanings
from audits.frameworks.evaluation import Code
from audits.frameworks.schema import Framework
from audits.scoring.numbers.numbers import numbers_of
from audits.scoring.pricing.pricing import Known, Numbers
from audits.scoring.ways_there import reviewed_there

NOTHING_KNOWN = Known()
_NAMES = tuple(each.name for each in fields(Known))


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


def with_known(numbers: Numbers, known: Known) -> Numbers:
    """Return numbers with what answers say about models."""
    return replace(numbers, **{name: getattr(known, name) for name in _NAMES})


def numbers_with(numbers: tuple[tuple[str, str], ...], known: Known) -> Numbers:
    """Return numbers that were entered, with what answers say about models."""
    return with_known(numbers_of(dict(numbers)), known)
