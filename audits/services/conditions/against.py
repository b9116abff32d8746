"""What speaks against a verdict in force, for the audit that is to replace it."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.utils import timezone

from audits.models import (
    Audit,
    Outcome,
    ResultsCheck,
    ResultsFile,
    SignOffCondition,
    Submission,
)
from audits.scoring.days import in_words
from audits.scoring.retests.standing import standing
from audits.scoring.tracking.outcome_words import against_paper
from audits.scoring.tracking.outcomes import months_of

_NOT_SIGNED = (Audit.State.DRAFT, Audit.State.IN_REVIEW)
# The most results files that are offered at once, the newest.
_MOST = 3
_TAKE = "Take the newer results into this audit first."
_ANSWER = "First answer again what the newer results contradict."
_COUNT = "Compare the numbers with usage first, and update them."
_TAKEN = "The newer results count in this audit: check what they change, then submit."
_MEET = "First answer again what the open condition is about."
_MEET_ALL = "First answer again what the open conditions are about."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewerFile:
    """A newer results file that the audit has nothing of.

    `check` is the check of the signed verdict that has read it; None for a `file` that
    the use case has.
    """

    name: str
    at: datetime
    digest: str
    check: UUID | None = None
    file: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """What speaks against the verdict in force of the audit `before`.

    `condition` is the open condition that is due first, of `still_open`. `check` is the
    check with newer results that contradicts, and `usage` says of which month usage
    does; None or empty where nothing does. `is_taken` says that the audit counts the
    results of that check. `chosen` is the submission that chose to go without them.
    `met` are the conditions that were met since, which earlier answers do not know.
    """

    before: Audit
    condition: SignOffCondition | None
    still_open: int
    check: ResultsCheck | None
    is_taken: bool
    usage: str
    files: tuple[NewerFile, ...]
    chosen: Submission | None = None
    met: tuple[SignOffCondition, ...] = ()

    @property
    def left_out(self) -> ResultsCheck | None:
        """The check whose results contradict and do not count in this audit."""
        return None if self.is_taken else self.check

    @property
    def is_told(self) -> bool:
        """Whether something is told, and not only newer results offered."""
        return bool(self.condition or self.check or self.usage)

    @property
    def takes_first(self) -> bool:
        """Whether newer results that contradict the verdict can be taken into it."""
        digest = self.check.digest if self.check else None
        return any(each.digest == digest for each in self.files)

    @property
    def first(self) -> str:
        """What to do in the audit before it is submitted; empty if nothing."""
        if self.check and not self.is_taken:
            return _TAKE if self.takes_first else _ANSWER
        if self.usage:
            return _COUNT
        if self.check:
            return _TAKEN
        if self.condition:
            return _MEET if self.still_open == 1 else _MEET_ALL
        return ""


def against_verdict(audit: Audit) -> Against | None:
    """Return what speaks against the verdict that an audit is to replace.

    None for an audit that follows no verdict in force, or if nothing does.

    Note: none or five queries, and one more where the verdict has conditions.
    """
    if audit.supersedes_id is None or audit.state not in _NOT_SIGNED:
        return None
    before = Audit.objects.filter(pk=audit.supersedes_id).defer("assessment").first()
    if before is None or before.state != Audit.State.SIGNED_OFF:
        return None
    still_open, met = _conditions(before)
    checks = list(ResultsCheck.objects.filter(audit=before))
    counts = standing(checks)
    check = counts if counts and counts.state == "differs" else None
    used = {row.sha256 for row in audit.given_candidates.rows}
    most = _MOST if audit.is_draft else 0
    is_taken = bool(check and check.digest in used)
    found = Against(
        before=before,
        condition=still_open[0] if still_open else None,
        still_open=len(still_open),
        check=check,
        is_taken=is_taken,
        chosen=_chosen(audit) if check and not is_taken else None,
        usage=_usage(before),
        files=tuple(islice(_newer(audit, before, checks, used), most)),
        met=tuple(met),
    )
    return found if found.is_told or found.files or found.met else None


def _conditions(
    before: Audit,
) -> tuple[list[SignOffCondition], list[SignOffCondition]]:
    """Return the conditions that are open, the first due first, and those met."""
    found = SignOffCondition.objects.filter(audit=before).select_related("owner")
    all_of_them = list(found.with_steps().order_by("due_on", "number"))
    still_open = [each for each in all_of_them if each.met_at is None]
    return still_open, [each for each in all_of_them if each.met_at is not None]


def left_out_of(audit: Audit) -> ResultsCheck | None:
    """Return the newer results that contradict and do not count in an audit."""
    found = against_verdict(audit)
    return found.left_out if found else None


def called(check: ResultsCheck) -> str:
    """Return what a submission calls the newer results that it leaves out."""
    return f"{in_words(timezone.localdate(check.at))} ({check.name})"


def _chosen(audit: Audit) -> Submission | None:
    """Return the submission that waits for review and left results out on purpose."""
    submitted = Submission.objects.filter(audit=audit, returned_at=None)
    return submitted.exclude(without="").select_related("by").last()


def _usage(before: Audit) -> str:
    found = Outcome.objects.filter(audit=before).values_list("months", flat=True)
    months = found.first()
    return against_paper(months_of(months)) if months else ""


def _newer(
    audit: Audit, before: Audit, checks: Sequence[ResultsCheck], used: Set[str]
) -> Iterator[NewerFile]:
    """Yield files that came after the signed audit was submitted, the newest first."""
    found = set(used)
    files = ResultsFile.objects.filter(
        use_case=audit.use_case_id, added_at__gt=before.submitted_at
    )
    offered = [
        *(
            NewerFile(name=x.name, at=x.added_at, digest=x.digest, file=x.pk)
            for x in files.only("name", "added_at", "digest")
        ),
        *(
            NewerFile(name=x.name, at=x.at, digest=x.digest, check=x.pk)
            for x in checks
            if x.runs
        ),
    ]
    # A file that the use case has is offered rather than the check that has read it.
    for each in sorted(offered, key=lambda x: (x.file is None, -x.at.timestamp())):
        if each.digest not in found:
            found.add(each.digest)
            yield each
