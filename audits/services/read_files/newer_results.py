"""Reads a newer results file beside the candidates of a signed paper."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils import timezone

from audits.evaluations.days import require_days
from audits.evaluations.runs import EvaluationFile
from audits.models import Audit
from audits.scoring.retests.evidence import EvidenceCheck, check_evidence
from audits.scoring.retests.named import NewResults
from audits.scoring.retests.steps import steps_to_test, with_steps
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.from_runs import model_named
from audits.scoring.summary.plan import plan_of
from audits.services.read_files.results_files import (
    days_of_upload,
    runs_behind,
    without_texts,
)
from audits.services.verdicts.assessments import assessment_of, framework_of


class OtherNames(Exception):  # noqa: N818 - the state it is in, not a fault
    """No run of a file has the name of a measured candidate of the paper.

    Who sent it can say which of `runs` each of `candidates` is: one of the paper, or
    one that it asked to test; `is_twice` says that they named one run for two.
    """

    def __init__(
        self,
        found: EvidenceCheck,
        steps: tuple[ScoredCandidate, ...],
        *,
        is_twice: bool,
    ) -> None:
        super().__init__()
        self.candidates: tuple[ScoredCandidate, ...] = (*steps, *found.missing)
        self.has_steps = bool(steps)
        self.runs = tuple(dict.fromkeys(found.unused))
        self.is_twice = is_twice


def checked(
    audit: Audit, found: EvaluationFile, digest: str, meant: Mapping[str, str] | None
) -> EvidenceCheck:
    """Compare the measured conditions of a signed audit with a newer results file.

    Raises:
        OtherNames: Its runs have other names, and nobody said which is which.
    """
    said = {candidate: name for candidate, name in (meant or {}).items() if name}
    require_days(found, timezone.now())
    framework, on = framework_of(audit), audit.landscape_date
    assert on is not None  # noqa: S101 - it was submitted
    new = NewResults(
        runs=[without_texts(run) for run in found.runs],
        digest=digest,
        signed_runs=runs_behind(audit, audit.given_candidates.rows),
        uploaded=days_of_upload(audit, audit.given_candidates.rows),
    )
    by_name = check_evidence(framework, audit.inputs, on, new)
    steps = steps_of(audit)
    is_named = by_name.why_untold not in ("not_in_file", "no_candidates")
    if is_named and not (steps and by_name.unused):
        return by_name
    is_twice = len({*said.values()}) < len(said)
    is_asked = meant is None or is_twice or {*said.values()} - {*by_name.unused}
    if is_asked and any(model_named(run) for run in new.runs):
        raise OtherNames(by_name, steps, is_twice=is_twice)
    runs = {row.kind: said.pop(row.id) for row in steps if row.id in said}
    new = replace(new, meant=said, steps=runs)
    compared = check_evidence(framework, audit.inputs, on, new)
    return with_steps(framework, audit.inputs, on, new, compared)


def steps_of(audit: Audit) -> tuple[ScoredCandidate, ...]:
    """Return what the steps of a signed verdict ask to test, without a result."""
    plan = plan_of(framework_of(audit), assessment_of(audit), audit.inputs)
    return steps_to_test(plan.cards, audit.inputs)
