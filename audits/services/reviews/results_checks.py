"""Checks a signed verdict with a newer results file, and keeps what that said."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from audits.checked_files import digest_of
from audits.evaluations.days import require_days
from audits.evaluations.reading import evaluations_of
from audits.evaluations.runs import EvaluationFile
from audits.models import Audit, ResultsCheck, User
from audits.scoring.retests.evidence import EvidenceCheck, NewResults, check_evidence
from audits.scoring.retests.evidence_words import evidence_rows, evidence_sentence
from audits.scoring.retests.standing import standing
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.from_runs import model_named
from audits.services.answers.evidence import QuotaFull, require_room
from audits.services.read_files.results_files import (
    read_of,
    runs_behind,
    without_texts,
)
from audits.services.record import events
from audits.services.reviews.drift import mark_due
from audits.services.verdicts.assessments import framework_of

CONTRADICTED = "Newer results contradict a measured answer."


class OtherNames(Exception):  # noqa: N818 - the state it is in, not a fault
    """No run of a file has the name of a measured candidate of the paper.

    Who sent it can say which of `runs` each of `candidates` is; `is_twice` says that
    they named one run for two.
    """

    def __init__(self, found: EvidenceCheck, *, is_twice: bool) -> None:
        super().__init__()
        self.candidates: tuple[ScoredCandidate, ...] = found.missing
        self.runs = tuple(dict.fromkeys(found.unused))
        self.is_twice = is_twice


def check_results(
    *,
    audit: Audit,
    by: User,
    upload: "File[bytes]",
    meant: Mapping[str, str] | None = None,
) -> ResultsCheck:
    """Compare the measured conditions of a signed audit with a newer results file.

    What it said and its runs are kept, and the file is not. No answer and no verdict
    changes. If it contradicts, the audit is due for review.

    Args:
        audit: The audit.
        by: Who checks it.
        upload: The file.
        meant: The names that candidates have in the file, by their ids, as somebody
            said; an empty one is not in the file. None if nobody was asked.

    Raises:
        OtherNames: Its runs have other names, and nobody said which is which.
        RefusedEvaluationError: The file is not read; says why in one sentence.
        BusyError: Other files are being read.
    """
    digest, read = digest_of(upload), evaluations_of(upload)
    found = _checked(audit, read, digest, meant)
    with transaction.atomic():
        kept: ResultsCheck = ResultsCheck.objects.create(
            organization=audit.organization,
            audit=audit,
            name=upload.name or "",
            digest=digest,
            state=found.state,
            sentence=evidence_sentence(found),
            rows=[[*row] for row in evidence_rows(found)],
            by=by,
            **_kept(audit, read),
        )
        events.record(
            organization=audit.organization,
            actor=by,
            verb="results.checked",
            subject=str(kept.pk),
            audit=str(audit.pk),
            sha256=digest,
            state=found.state,
        )
        if found.state == "differs":
            mark_due(audit, CONTRADICTED)
    return kept


def check_that_stands(audit: Audit) -> ResultsCheck | None:
    """Return the check that counts for an audit, or else the latest useless one.

    A contradiction counts until later checks of the same candidates confirm.
    """
    checks = [*ResultsCheck.objects.filter(audit=audit)]
    return standing(checks) or next(iter(checks), None)


def _kept(audit: Audit, read: EvaluationFile) -> dict[str, Any]:
    """Return what the next audit can take of a file, if there is room for it."""
    kept = read_of(read)
    try:
        require_room(audit.organization_id, kept["size"])
    except QuotaFull:
        return {}
    return kept


def _checked(
    audit: Audit, found: EvaluationFile, digest: str, meant: Mapping[str, str] | None
) -> EvidenceCheck:
    said = {candidate: name for candidate, name in (meant or {}).items() if name}
    require_days(found, timezone.now())
    framework, on = framework_of(audit), audit.landscape_date
    assert on is not None  # noqa: S101 - it was submitted
    new = NewResults(
        runs=[without_texts(run) for run in found.runs],
        digest=digest,
        signed_runs=runs_behind(audit, audit.inputs.candidates.rows),
    )
    by_name = check_evidence(framework, audit.inputs, on, new)
    if by_name.why_untold != "not_in_file":
        return by_name
    is_twice = len({*said.values()}) < len(said)
    is_asked = meant is None or is_twice or {*said.values()} - {*by_name.unused}
    if is_asked and any(model_named(run) for run in new.runs):
        raise OtherNames(by_name, is_twice=is_twice)
    return check_evidence(framework, audit.inputs, on, replace(new, meant=said))
