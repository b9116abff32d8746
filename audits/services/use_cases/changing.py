"""Renames use cases, moves them to another team, and deletes those never submitted."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from audits.models import (
    AnswerRequest,
    Audit,
    Comment,
    Evidence,
    ResultsFile,
    Submission,
    Team,
    UsageUpload,
    UseCase,
    User,
)
from audits.models.audits import values as values_in
from audits.models.fields.own_fields import merged
from audits.scoring.scored.values import TARGET
from audits.services.portfolio.rows import follow_use_cases
from audits.services.record import events
from audits.services.use_cases.dropped_results import keep_of_use_case
from audits.services.use_cases.moving import NOT_TO_OWN_REVIEW, Moves
from audits.services.use_cases.unused_files import unused_files
from audits.services.use_cases.use_cases import require_offered


class ChangedMeanwhile(Exception):  # noqa: N818 - the state it is in, not a fault
    """Somebody renamed or moved the use case after its page was opened."""


class SubmittedBefore(Exception):  # noqa: N818 - the state it is in, not a fault
    """Something of the use case was submitted once, so it is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """How much a use case holds, and so how much goes with it.

    Of the results files, `unsaved` were read only: nobody saved a result of them.
    """

    answers: int
    numbers: int
    notes: int
    candidates: int
    has_target: bool
    evidence: int
    files: int
    unsaved: int
    comments: int
    requests: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered yet."""
        return not any(astuple(self))


@transaction.atomic
def change_use_case(
    *,
    use_case: UseCase,
    by: User,
    name: str,
    team: Team,
    tags: str | None = None,
    own: Mapping[str, Any] | None = None,
    read: str | None = None,
) -> UseCase:
    """Give a use case a name, a team and tags; what was signed keeps those of its day.

    Args:
        use_case: The use case; its row is read again and locked.
        by: Who changes it.
        name: What colleagues call it.
        team: The team that uses it.
        tags: Its tags, as `tags_as_spelled` gives them; None leaves them.
        own: Values of its own fields by key; None for one takes it away.
        read: The result of `name_and_team` when its page was opened; None for any.

    Raises:
        ChangedMeanwhile: It has another name, team or tags than were read.
        ValidationError: The other team is archived, or a review would move with it
            to somebody who reviews there alone.
    """
    use_case = _locked(use_case)
    if read is not None and read != name_and_team(use_case):
        raise ChangedMeanwhile
    changed: dict[str, list[Any]] = {}
    if use_case.name != name:
        changed["name"] = [use_case.name, name]
    if use_case.team != team:
        require_offered(team)
        if Moves(use_case.organization, by).refuse(use_case, team.pk):
            said = f"The use case stays in its team: {NOT_TO_OWN_REVIEW}"
            raise ValidationError({"team": said})
        changed["team"] = [use_case.team.name, team.name]
    if tags is not None and use_case.tags != tags:
        changed["tags"] = [use_case.tags, tags]
        use_case.tags = tags
    values = merged(use_case.own, own or {})
    if values != use_case.own:
        changed["own"] = _different(use_case.own, values)
        use_case.own = values
    if not changed:
        return use_case
    use_case.name, use_case.team = name, team
    use_case.full_clean()
    use_case.save(update_fields=["name", "team", "tags", "own"])
    follow_use_cases([use_case])
    events.record(
        organization=use_case.organization,
        actor=by,
        verb="use_case.changed",
        subject=use_case.reference,
        changed=list(changed),
        **changed,
    )
    return use_case


def name_and_team(use_case: UseCase) -> str:
    """Return what a page shows of a use case that it may change."""
    own = json.dumps(use_case.own, sort_keys=True)
    of_whom = f"{use_case.stage} {use_case.owner_id}"
    told = f"{use_case.tags} {own} {of_whom}".encode()
    digest = hashlib.sha256(told).hexdigest()[:16]
    return f"{use_case.team_id} {digest} {use_case.name}"


def _different(before: dict[str, Any], after: dict[str, Any]) -> list[Any]:
    """Return the values of own fields that changed, before and after."""
    keys = [k for k in {**before, **after} if before.get(k) != after.get(k)]
    return [{k: of[k] for k in keys if k in of} for of in (before, after)]


def may_be_deleted(use_case: UseCase) -> bool:
    """Return whether nothing of a use case was ever submitted."""
    audits = list(Audit.objects.filter(use_case=use_case))
    is_draft = all(audit.is_draft and audit.submitted_at is None for audit in audits)
    submitted = Submission.objects.filter(audit__use_case=use_case)
    return is_draft and not submitted.exists()


def content_of(use_case: UseCase) -> Content:
    """Return how much a use case holds that was never submitted."""
    audit = Audit.objects.get(use_case=use_case)
    evidence = Evidence.objects.filter(audit=audit)
    read = (ResultsFile, UsageUpload)
    unsaved = unused_files(use_case.pk).count()
    candidates = values_in(audit.candidates)
    return Content(
        answers=len(values_in(audit.answers)),
        numbers=len(values_in(audit.numbers)),
        notes=len(values_in(audit.notes)),
        candidates=len(candidates.keys() - {TARGET}),
        has_target=bool(candidates.get(TARGET)),
        evidence=evidence.count(),
        files=sum(x.objects.filter(use_case=use_case).count() for x in read) - unsaved,
        unsaved=unsaved,
        comments=Comment.objects.filter(audit=audit).count(),
        requests=AnswerRequest.objects.filter(audit=audit).count(),
    )


@transaction.atomic
def delete_use_case(*, use_case: UseCase, by: User) -> None:
    """Delete a use case of which nothing was ever submitted, with all it holds.

    Its number is never given again, and the record keeps that it was there. What its
    results files said is kept without their cases.

    Raises:
        SubmittedBefore: Something of it was submitted.
    """
    use_case = _locked(use_case)
    organization = use_case.organization
    list(Audit.objects.select_for_update(no_key=True).filter(use_case=use_case))
    if not may_be_deleted(use_case):
        raise SubmittedBefore
    content = content_of(use_case)
    reference, number, name = use_case.reference, use_case.number, use_case.name
    keep_of_use_case(use_case, by)
    use_case.delete()
    events.record(
        organization=organization,
        actor=by,
        verb="use_case.deleted",
        subject=reference,
        number=number,
        name=name,
        answers=content.answers,
        evidence=content.evidence,
    )


def _locked(use_case: UseCase) -> UseCase:
    rows = UseCase.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "team", "organization"
    )
    found: UseCase = rows.get(pk=use_case.pk)
    return found
