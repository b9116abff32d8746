"""What the answers of an assessment mean, in the version that they were given to."""

from collections.abc import Iterable, Sequence

from audits.frameworks.loading import loader
from audits.frameworks.questions import Option
from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment


def version_of(assessment: Assessment) -> Framework:
    """Return the framework that an assessment names.

    Raises:
        LookupError: This release does not ship it.
    """
    return loader.published(assessment.framework, assessment.version)


def picked(assessment: Assessment) -> tuple[Option, ...]:
    """Return the options that its answers are."""
    return tuple(version_of(assessment).picked(assessment.codes))


def smaller_tested(options: Iterable[Option], *, good_enough: bool) -> bool:
    """Return whether the smaller model was tested, with that result."""
    tests = (each for each in options if "prompt_smaller" in each.tests)
    return any(each.good_enough == good_enough for each in tests)


def examples_on_smaller(options: Sequence[Option]) -> bool:
    """Return whether examples were tested, and the smaller model passed."""
    passed = smaller_tested(options, good_enough=True)
    return passed and any("few_shot" in each.tests for each in options)


def runs_tuned_model(options: Iterable[Option]) -> bool:
    """Return whether a tuned model serves users."""
    return any(each.runs == "tuned_model" for each in options)
