"""Where what is called a tuned model may be none, as every reader is told.

A trained model that does much better leads to training. Nobody but a person knows what
was trained, so a reader is told what a name or an answer says of it.
"""

from collections.abc import Iterator
from dataclasses import replace

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.results_behind.other_results import scored, verdict_with
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.kinds import KIND_NAMES, unquoted
from audits.scoring.scored.words import name_of
from audits.scoring.told.public_models import cannot_be_tuned, public_model

_TRIAL, _NO_TRIAL = "trial", "none"


def tuned_names(framework: Framework, assessment: Assessment) -> Iterator[str]:
    """Yield what speaks against each tuned model that counts.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    if assessment.candidates is None:
        return
    inputs, _ = given_to(assessment)
    found = inputs.candidates
    for row in found.rows:
        if row.kind == "tuned" and not found.why_not(row, inputs.codes):
            yield from _public(framework, assessment, inputs, row)
            yield from _untried(framework, inputs, row)


def _public(
    framework: Framework,
    assessment: Assessment,
    inputs: Inputs,
    row: ScoredCandidate,
) -> Iterator[str]:
    """Yield that it has the name of a public model, if it reaches the target."""
    model, target = public_model(row.model), inputs.candidates.target
    if model is None or (target is not None and (row.score or 0) < float(target)):
        return
    named = f"the name of a public model, “{unquoted(row.model)}”"
    if cannot_be_tuned(model):
        named += ", which nobody offers to tune"
    reaches = f", and reaches {float(target) * 100:g} of 100" if target else ""
    rows = inputs.candidates.rows
    stronger = (replace(x, kind="stronger") if x is row else x for x in rows)
    then = replace(inputs.candidates, rows=tuple(stronger))
    verdict = verdict_with(framework, assessment, then)
    would = "the same" if verdict == assessment.named.name else f"“{verdict}”"
    yield (
        f"A result called “{KIND_NAMES[row.kind]}” has {named}{reaches}. "
        f"As a stronger model, the verdict would be {would}."
    )


def _untried(
    framework: Framework, inputs: Inputs, row: ScoredCandidate
) -> Iterator[str]:
    """Yield that it has a result, where the answer by hand is that nobody tried one."""
    if inputs.codes.get(_TRIAL) == _NO_TRIAL:
        label = framework.question_by_id[_TRIAL].label
        said = framework.words(_TRIAL, inputs.codes)
        yield (
            f"“{label}” was answered “{said}”, but “{name_of(row)}” has a result: "
            f"{scored(row)}."
        )
