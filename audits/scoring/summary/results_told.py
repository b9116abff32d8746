"""What every page says about the results of candidates, beside what they answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from audits.frameworks.schema import Framework
from audits.landscape import in_force
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.summary.counted_twice import counted_twice_words
from audits.scoring.summary.moved_target import moved_target
from audits.scoring.summary.replaced_results import (
    if_all_counted,
    replaced_results,
)
from audits.scoring.summary.typed_results import typed_results


def results_told(
    framework: Framework, assessment: Assessment, files: Mapping[str, str]
) -> tuple[str, ...]:
    """Return what was moved, counts twice, was changed, or was only typed.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        files: The names of the results files, by digest.
    """
    if assessment.candidates is None:
        return ()
    named = tuple(sorted(files.items()))
    return _told(_Asked(framework=framework, assessment=assessment, files=named))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What the sentences follow from."""

    framework: Framework
    assessment: Assessment
    files: tuple[tuple[str, str], ...]

    def __hash__(self) -> int:
        """Hash the candidates, which all but tell assessments apart."""
        return hash((self.framework, self.assessment.candidates, self.files))


# What earlier results would give takes hundreds of assessments where many candidates
# were changed, and several pages say it.
@in_force.remembered(maxsize=32)
def _told(asked: _Asked) -> tuple[str, ...]:
    framework, assessment = asked.framework, asked.assessment
    return (
        *moved_target(framework, assessment),
        *counted_twice_words(framework, assessment, dict(asked.files)),
        *replaced_results(framework, assessment),
        *if_all_counted(framework, assessment),
        *typed_results(assessment),
    )
