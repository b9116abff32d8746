"""Two people who write to one organization at the same moment both succeed."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
from django.db import connection
from django_scopes import scope

from audits.models import Audit, Role
from audits.services.answers.answers import save_answers
from audits.services.answers.evidence import add_link, remove_evidence
from audits.services.discussion.answer_requests import ask_colleague
from audits.services.discussion.comments import add_comment
from audits.services.papers.covers import save_cover
from audits.services.papers.packs.board_packs import request_pack
from audits.services.papers.reports import request_report
from audits.services.reviews.audits import reopen_audit, submit_audit
from tests.casting import Cast, Tenant

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has one lock for all"
    ),
]
# Seconds that one waits for the other to come as far as it can meanwhile: less than
# PostgreSQL lets anybody wait for a lock.
_MEANWHILE = 0.5

type Step = Callable[[Tenant], object]


def saves_page_1(tenant: Tenant) -> object:
    words = {"why_now": "The contract ends in May."}
    return save_cover(audit=tenant.submitted, by=tenant.contributor, fields=words)


def reopens(tenant: Tenant) -> object:
    return reopen_audit(audit=tenant.submitted, by=tenant.contributor)


def submits(tenant: Tenant) -> object:
    return submit_audit(audit=tenant.draft, by=tenant.contributor)


def removes_evidence(tenant: Tenant) -> object:
    return remove_evidence(evidence=tenant.evidence, by=tenant.contributor)


def asks_for_a_pack(tenant: Tenant) -> object:
    return request_pack(
        organization=tenant.organization,
        by=tenant.people[Role.VIEWER],
        audits=Audit.objects.all(),
        meeting="Another",
    )


def asks_for_a_paper(tenant: Tenant) -> object:
    return request_report(audit=tenant.submitted, by=tenant.people[Role.VIEWER])


def comments_on_the_draft(tenant: Tenant) -> object:
    return _comment(tenant, tenant.draft)


def comments_on_the_submission(tenant: Tenant) -> object:
    return _comment(tenant, tenant.submitted)


def asks_a_colleague(tenant: Tenant) -> object:
    return ask_colleague(
        audit=tenant.draft,
        by=tenant.people[Role.ADMIN],
        of=tenant.people[Role.REVIEWER],
        section="cost",
    )


def adds_a_link(tenant: Tenant) -> object:
    return add_link(
        audit=tenant.draft,
        by=tenant.people[Role.ADMIN],
        question="quality_gap",
        link="https://example.org/run",
        name="",
    )


def _comment(tenant: Tenant, audit: Audit) -> object:
    viewer = tenant.people[Role.ADMIN]
    return add_comment(audit=audit, by=viewer, question="quality_gap", text="Why?")


@contextmanager
def told_of_locks(table: str, done: Event, then: Event) -> Iterator[None]:
    """Tell once a row of a table is locked, and wait for the other to lock its own."""

    def tell(execute: Any, sql: str, *others: Any) -> Any:
        result = execute(sql, *others)
        if f'FROM "{table}"' in sql and " FOR " in sql and not done.is_set():
            done.set()
            then.wait(_MEANWHILE)
        return result

    with connection.execute_wrapper(tell):
        yield


def run(tenant: Tenant, step: Step, table: str, done: Event, then: Event) -> None:
    try:
        with scope(organization=tenant.organization), told_of_locks(table, done, then):
            step(tenant)
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("changes", "adds"),
    [
        (saves_page_1, asks_for_a_pack),
        (saves_page_1, comments_on_the_submission),
        (reopens, asks_for_a_pack),
        (reopens, asks_for_a_paper),
        (reopens, comments_on_the_submission),
        (submits, comments_on_the_draft),
        (removes_evidence, asks_a_colleague),
        (removes_evidence, adds_a_link),
        (removes_evidence, comments_on_the_draft),
    ],
)
def test_who_adds_to_an_audit_and_who_changes_it_do_not_wait_for_each_other(
    cast: Cast, changes: Step, adds: Step
) -> None:
    """The one has the audit and wants the record, the other has the record."""
    tenant = cast.ours
    with scope(organization=tenant.organization):
        answers = {"state": "none"}
        save_answers(audit=tenant.draft, by=tenant.contributor, answers=answers)
        new = {"why_now": "So that the paper is new."}
        save_cover(audit=tenant.submitted, by=tenant.contributor, fields=new)
    audit, record = Event(), Event()

    with ThreadPoolExecutor(2) as pool:
        changing = pool.submit(run, tenant, changes, "audits_audit", audit, record)
        assert audit.wait(10)
        other = Event()
        other.set()
        adding = pool.submit(run, tenant, adds, "audits_organization", record, other)
        changing.result(20)
        adding.result(20)
