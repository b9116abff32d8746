"""Why another version of a framework makes another verdict of the same answers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.history.time_machine import TimeMachine
from audits.scoring.inputs import Inputs

VersionCause = Literal["levels", "open", "new_verdict", "rules"]

SAID: Mapping[VersionCause, str] = {
    "levels": "Nobody has marked how the measurements are known",
    "open": "Questions that are new are not answered yet",
    "new_verdict": "The new version has its own verdict for such a case",
    "rules": "The rules differ",
}


def version_cause(
    before: Framework, machine: TimeMachine, inputs: Inputs, found: Assessment, on: date
) -> VersionCause:
    """Return the first of the causes that explains another verdict.

    Args:
        before: The version that gave the verdict before.
        machine: Of the version that gives another one.
        inputs: What was given, as that version reads it.
        found: What that version makes of it.
        on: The day.
    """
    if machine.verdict(marked(machine.framework, inputs), on) != found.verdict:
        return "levels"
    if found.completeness and not found.completeness.is_settled:
        return "open"
    if found.verdict not in before.verdicts:
        return "new_verdict"
    return "rules"


def marked(framework: Framework, inputs: Inputs) -> Inputs:
    """Return inputs with every unmarked measurement taken as measured."""
    measured: dict[str, EvidenceLevel] = {
        question: "measured"
        for question in framework.measurements
        if question in inputs.codes
    }
    return replace(inputs, levels={**measured, **inputs.levels})
