"""Re-scores large portfolios in the background.

The Rescore row is the source of truth: the worker that claims it does the work, and a
task that runs twice finds nothing to claim.
"""

import logging
from uuid import UUID

from django.db import transaction
from django.tasks import task
from django_scopes import scope, scopes_disabled

from audits.models import Organization, Rescore, User
from audits.outages import outage_of
from audits.services.jobs import fair_queue, jobs, leases
from audits.services.jobs.fair_queue import Work
from audits.services.portfolio import rescoring
from audits.services.portfolio.rescoring import Question

logger = logging.getLogger(__name__)


def queue_rescore(*, organization: Organization, by: User, question: Question) -> None:
    """Request a re-scoring and queue it for a worker, in one transaction.

    Raises:
        TooManyWaiting: Too many re-scores and the like are not finished yet.
    """
    with transaction.atomic():
        fair_queue.lock_queue_of(by)
        rescore, to_make = rescoring.request_rescore(
            organization=organization, by=by, question=question
        )
        if to_make:
            fair_queue.require_room(work=Work.LONG, organization=organization, by=by)
            _enqueue(rescore)


def queue_overdue_again() -> int:
    """Queue again every organization's re-scorings that no worker has any more."""
    with scopes_disabled(), transaction.atomic():
        to_make = leases.take_back_overdue(Rescore)
        for rescore in to_make:
            _enqueue(rescore)
    return len(to_make)


def forget_old() -> int:
    """Remove every organization's re-scorings of earlier days."""
    with scopes_disabled():
        return rescoring.forget_old()


@task
def make_rescore(organization_id: str, rescore_id: str) -> None:
    """Re-score one portfolio; a fault ends in a reason, not in a retry."""
    with scopes_disabled():
        organization = Organization.objects.get(pk=UUID(organization_id))
    with scope(organization=organization):
        rescore = Rescore.objects.get(pk=UUID(rescore_id))
        if jobs.start_job(job=rescore):
            _make(rescore)


def _enqueue(rescore: Rescore) -> None:
    priority = fair_queue.priority_of(
        work=Work.LONG, organization=rescore.organization, by=rescore.requested_by
    )
    maker = make_rescore.using(priority=priority)
    maker.enqueue(str(rescore.organization_id), str(rescore.pk))


def _make(rescore: Rescore) -> None:
    try:
        rescoring.make_rescore(rescore=rescore)
    except leases.LeaseLost:
        logger.info("re-scoring %s is no longer needed", rescore.pk)
    except Exception as error:
        if outage_of(error):
            raise  # nothing can be stored now; it is queued again once its lease ends
        logger.exception("re-scoring %s failed", rescore.pk)
        reason = "The portfolio could not be re-scored. Tell an administrator."
        leases.fail(job=rescore, reason=reason)
