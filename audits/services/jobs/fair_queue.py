"""Shares the workers fairly: between short and long work, people and organizations.

A worker takes the task with the highest priority, then the oldest. Work of a person who
already has much waiting gets a lower priority, so it comes after the first work of
others. Nothing waits forever: housekeeping moves the longest waiting task to the front.
"""

from collections import Counter
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from audits.models import (
    BoardPack,
    BulkChange,
    Import,
    Organization,
    Report,
    Rescore,
    User,
)

# How long a task waits before it may move to the front.
PATIENCE = timedelta(minutes=10)
FRONT = 99


class Work(IntEnum):
    """Kinds of work, with the priority of what comes first; each has 40 below it."""

    PAPER = 90
    LONG = 45
    PAPER_OF_A_PACK = 0


_NUMBERS = "One Two Three Four Five Six Seven Eight Nine"
_STEPS = 40
# This many papers of a pack share one priority, until others get their turn.
_TOGETHER = 10


class TooManyWaiting(Exception):  # noqa: N818 - the state it is in, not a fault
    """Too much work is unfinished; the message is for people."""


def lock_queue_of(user: User) -> None:
    """Make a person's requests for work take turns, in a transaction."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def require_room(*, work: Work, organization: Organization, by: User) -> None:
    """Refuse work of a kind if the person or their organization has too much of it.

    Call it after the row of the work is stored, and in its transaction: the row counts,
    and a refusal removes it.

    Raises:
        TooManyWaiting: There is too much; says what to do.
    """
    waiting = _unfinished(work, organization)
    if work is Work.PAPER:
        if waiting[by.pk] > settings.PAPERS_PER_PERSON:
            raise TooManyWaiting(_too_many_papers(settings.PAPERS_PER_PERSON))
    elif waiting[by.pk] > settings.JOBS_PER_PERSON:
        raise TooManyWaiting(_too_many_jobs(settings.JOBS_PER_PERSON, by))
    elif waiting.total() > settings.JOBS_PER_ORGANIZATION:
        most = _number(settings.JOBS_PER_ORGANIZATION)
        message = (
            f"{most} packs, re-scores and imports of your organization are still in "
            "progress. Try again when one is finished."
        )
        raise TooManyWaiting(message)


def priority_of(*, work: Work, organization: Organization, by: User) -> int:
    """Return the priority of a task whose row is stored already.

    The person's own waiting work counts twice, and that of each colleague once if it
    comes first: so people of an organization take turns, and so do organizations.
    """
    waiting = _unfinished(work, organization)
    own = max(0, waiting.pop(by.pk, 0) - 1)
    if work is Work.PAPER_OF_A_PACK:
        steps = own // _TOGETHER
    else:
        steps = 2 * own + sum(min(other, own + 1) for other in waiting.values())
    return work - min(steps, _STEPS)


def move_longest_waiting_to_front() -> int:
    """Move the longest waiting task to the front, one at a time; return how many."""
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    if ready.filter(priority__gte=FRONT, enqueued_at__lt=_patient_since()).exists():
        return 0
    oldest = ready.filter(priority__lt=FRONT).aggregate(at=Min("enqueued_at"))["at"]
    if oldest is None or oldest > _patient_since():
        return 0
    first = ready.filter(enqueued_at=oldest).values_list("pk", flat=True)[:1]
    moved: int = DBTaskResult.objects.filter(pk__in=list(first)).update(priority=FRONT)
    return moved


def _patient_since() -> datetime:
    return timezone.now() - PATIENCE


def _unfinished(work: Work, organization: Organization) -> Counter[int]:
    """Return how much of a kind of work is unfinished, by the person requesting it."""
    if work is not Work.LONG:
        alone = work is Work.PAPER
        papers = Report.objects.waiting().filter(asked_alone=alone)
        return _by_person(papers, "requested_by", organization)
    return (
        _by_person(BoardPack.objects.waiting(), "requested_by", organization)
        + _by_person(Rescore.objects.waiting(), "requested_by", organization)
        + _by_person(Import.objects.waiting(), "by", organization)
        + _by_person(BulkChange.objects.waiting(), "by", organization)
    )


def _by_person(
    rows: "QuerySet[Any]", person: str, organization: Organization
) -> Counter[int]:
    own = rows.filter(organization=organization).order_by()
    counted = own.values_list(person).annotate(Count("pk"))
    return Counter(dict(counted))


def _too_many_papers(most: int) -> str:
    if most == 1:
        return (
            "Your board paper or annex is still being made. Wait until it is ready, "
            "then try again."
        )
    return (
        f"{_number(most)} of your board papers and annexes are still being made. Wait "
        f"until one is ready, then try again."
    )


def _too_many_jobs(most: int, by: User) -> str:
    packs = BoardPack.objects.waiting().filter(requested_by=by).count()
    if packs < most:
        return (
            f"{_number(most)} of your packs, re-scores and imports are still in "
            f"progress. Wait until one is finished, or cancel a pack or a re-score."
        )
    if most == 1:
        return "Your pack is still being made. Wait until it is ready, or cancel it."
    return (
        f"{_number(most)} of your packs are still being made. Wait until one is ready, "
        f"or cancel one."
    )


def _number(number: int) -> str:
    words = dict(enumerate(_NUMBERS.split(), 1))
    return words.get(number, f"{number}")
