"""Reads the verdict of a board paper for a command."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.management.base import CommandError

from audits.frameworks.loading import loader
from audits.frameworks.schema import Framework
from audits.scoring.exchange.verification import Verification
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.uploads.reading.refusals import UnreadableUploadError
from audits.verify.papers import stated_verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperVerdict:
    """The verdict of a paper, which its answers give again, and its inputs."""

    framework: Framework
    assessment: Assessment
    inputs: Inputs
    on: date


def read_paper(file: Path) -> PaperVerdict:
    """Return the verdict of a paper, or of the assessment.json that is in one.

    Args:
        file: A file from anybody. Whether somebody signed it is not in it.

    Raises:
        CommandError: It is not one, or its verdict is not reproduced here.
    """
    try:
        with file.open("rb") as content:
            found = stated_verdict(content)
    except OSError as error:
        message = f"{file}: cannot be read: {error.strerror}"
        raise CommandError(message, returncode=2) from error
    except UnreadableUploadError as error:
        raise CommandError(f"{file}: {error}", returncode=2) from error
    assessment, inputs = found.assessment, found.inputs
    if found.outcome != "reproduced" or not assessment or not inputs:
        message = f"{file}: {_why(found)}"
        raise CommandError(message, returncode=2)
    if assessment.on is None:
        message = f"{file}: The paper does not say on which day it was made."
        raise CommandError(message, returncode=2)
    name = assessment.framework, assessment.version
    return PaperVerdict(
        framework=loader.shipped()[name],
        assessment=assessment,
        inputs=inputs,
        on=assessment.on,
    )


def _why(found: Verification) -> str:
    if found.refused:
        return "; ".join(f"{each.field}: {each.sentence}" for each in found.refused)
    parts = ", ".join(check.name for check in found.differing)
    return (
        f"The verdict is not reproduced here; these parts differ: {parts}. The command "
        "verify says how."
    )
