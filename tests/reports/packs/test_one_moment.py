"""A paper and a pack say what their key says, though people write while it is made."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django_scopes import scope

from audits.models import Audit, BoardPack, Cover, Organization, Report
from audits.models.queries.consistent_reads import consistent_read
from audits.reports.tasks import make_pack, make_report, queue_pack, queue_report
from audits.services.papers.covers import save_cover
from tests.casting import Cast
from tests.reports.papers import words_behind

ONE, TWO = "Approve the first plan.", "Approve the second plan."

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.on_both]


def elsewhere(work: Callable[[], object]) -> None:
    """Do something over another connection, and wait for it."""

    def do() -> None:
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor() as threads:
        threads.submit(do).result()


def write(cast: Cast, words: str) -> None:
    with scope(organization=cast.ours.organization):
        save_cover(
            audit=cast.ours.submitted,
            by=cast.ours.contributor,
            fields={"decision_asked": words},
        )


@contextmanager
def written_after_each_read(cast: Cast, *said: str) -> Iterator[None]:
    """Let a colleague write other words each time the words were read."""
    rest = list(said)

    def overtake(execute: Any, sql: str, *others: Any) -> Any:
        result = execute(sql, *others)
        if sql.startswith("SELECT") and 'FROM "audits_cover"' in sql and rest:
            words = rest.pop(0)
            elsewhere(lambda: write(cast, words))
        return result

    with connection.execute_wrapper(overtake):
        yield


@pytest.fixture
def inside(cast: Cast) -> Iterator[None]:
    write(cast, ONE)
    with scope(organization=cast.ours.organization):
        yield


def made(cast: Cast, *meanwhile: str) -> Report:
    report = queue_report(audit=cast.ours.submitted, by=cast.ours.contributor)
    with written_after_each_read(cast, *meanwhile):
        make_report.func(str(report.organization_id), str(report.pk))
    report.refresh_from_db()
    return report


def made_pack(cast: Cast, *meanwhile: str) -> BoardPack:
    tenant = cast.ours
    pack = queue_pack(
        organization=tenant.organization,
        by=tenant.contributor,
        audits=Audit.objects.all(),
        meeting="Of December",
    )
    with written_after_each_read(cast, *meanwhile):
        make_pack.func(str(pack.organization_id), str(pack.pk))
    pack.refresh_from_db()
    return pack


@pytest.mark.usefixtures("inside", "stand_ins")
@pytest.mark.parametrize("make", [made, made_pack])
def test_words_written_while_a_paper_is_built_are_not_in_it(
    cast: Cast, make: Callable[..., Report | BoardPack]
) -> None:
    job = make(cast, TWO, ONE)

    assert job.state == Report.State.READY
    said = " ".join(words_behind(job.file.read()))
    assert ONE in said
    assert TWO not in said
    assert Cover.objects.get(audit=cast.ours.submitted).decision_asked == ONE


@pytest.mark.usefixtures("inside", "stand_ins")
@pytest.mark.parametrize("make", [made, made_pack])
def test_paper_whose_words_changed_before_it_was_finished_is_not_kept(
    cast: Cast, make: Callable[..., Report | BoardPack]
) -> None:
    job = make(cast, TWO)

    assert (job.state, job.file.name) == (Report.State.FAILED, "")
    assert "changed before the pa" in job.failure


def test_reads_of_one_moment_see_nothing_that_was_written_since(cast: Cast) -> None:
    own = Organization.objects.filter(pk=cast.ours.organization.pk)

    with consistent_read():
        before = own.get().name
        elsewhere(lambda: own.update(name="Renamed"))
        during = own.get().name

    assert (before, during, own.get().name) == (before, before, "Renamed")
