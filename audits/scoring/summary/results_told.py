"""What every page says about the results of candidates, beside what they answer."""

from collections.abc import Mapping

from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.summary.counted_twice import counted_twice_words
from audits.scoring.summary.replaced_results import (
    if_all_counted,
    replaced_results,
)


def results_told(
    framework: Framework, assessment: Assessment, files: Mapping[str, str]
) -> tuple[str, ...]:
    """Return what counts more than once, then what was changed.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        files: The names of the results files, by digest.
    """
    return (
        *counted_twice_words(framework, assessment, files),
        *replaced_results(framework, assessment),
        *if_all_counted(framework, assessment),
    )
