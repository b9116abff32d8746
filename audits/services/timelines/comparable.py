"""What of a use case can be compared: its audits, and their earlier submissions."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audits.models import Audit, Submission, UseCase
from audits.services.reviews.sides import Side, as_it_is, as_submitted, became
from audits.services.timelines.timeline import audits_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """An audit as it is, or a submission of it that was returned, to choose from.

    `key` names it in an address: the audit, and the number of the submission in it. It
    `is_again` if its audit was submitted before.
    """

    key: str
    audit: Audit
    submission: Submission | None = None
    is_again: bool = False

    @property
    def submitted_at(self) -> datetime | None:
        """When it was submitted, if that tells it from others of its audit."""
        if self.submission:
            return self.submission.at
        return self.audit.submitted_at if self.is_again else None

    @property
    def state(self) -> str:
        """What became of it, to follow its time."""
        if self.submission:
            return became(self.submission).lower()
        return str(self.audit.get_state_display()).lower()

    def read(self, audit: Audit) -> Side:
        """Return it as a side of a comparison.

        Args:
            audit: Its audit, with its answers.
        """
        if self.submission is None:
            return as_it_is(audit, is_again=self.is_again)
        return as_submitted(audit, self.submission)


def comparable_of(use_case: UseCase) -> list[Comparable]:
    """Return all that has answers, the oldest first.

    Note: two queries.
    """
    audits = audits_of(use_case)
    returned: dict[UUID, list[Submission]] = defaultdict(list)
    found = Submission.objects.filter(audit__in=audits, returned_at__isnull=False)
    for each in found:
        returned[each.audit_id].append(each)
    return [each for audit in audits for each in _of_audit(audit, returned[audit.pk])]


def _of_audit(audit: Audit, returned: list[Submission]) -> Iterator[Comparable]:
    for number, each in enumerate(returned, start=1):
        yield Comparable(key=f"{audit.pk}.{number}", audit=audit, submission=each)
    if audit.answered:
        yield Comparable(key=str(audit.pk), audit=audit, is_again=bool(returned))
