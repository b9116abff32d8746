"""What the answers and results of a use case say about what is priced."""

from collections.abc import Mapping
from dataclasses import fields, replace

from audits.frameworks.answering import flow
from audits.frameworks.answering.meanings import meanings
from audits.frameworks.evaluation import Code
from audits.frameworks.schema import Framework
from audits.scoring.explaining.advised_ways import holds_documents, means_documents
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.numbers.numbers import numbers_of
from audits.scoring.pricing.pricing import Known, Numbers
from audits.scoring.ways_there import reviewed_there

NOTHING_KNOWN = Known()
_FITS = ("fits", "tight")  # what is computed of documents that fit the context window
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


def prices_documents(assessment: Assessment) -> bool:
    """Return whether a prompt with all documents is a way to pay: advised, or possible.

    It is possible beside a search for facts, where all documents are known to fit, and
    nobody tested them in the prompt.
    """
    means, codes = assessment.means, assessment.codes
    is_search = assessment.context_layer == "rag" and means.is_about_facts
    is_too_long = any(each.half_window == "over" for each in means.options)
    fits = codes.get("context_fit") in _FITS and codes.get("search_fit") != "exceeds"
    is_possible = is_search and fits and not is_too_long and not holds_documents(codes)
    return means_documents(assessment) or is_possible
