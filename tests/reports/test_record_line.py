"""Papers and packs print the head of the record, and keep it for when made again."""

import pytest
from django_scopes import scope
from pytest_django import Settings

from audits.models import BoardPack, Event, Report
from audits.reports.context import build_paper, record_line_of
from audits.reports.packs.pack_context import build_pack
from audits.reports.pdf_client import print_pack, render_paper
from audits.reports.tasks import queue_report
from audits.services.papers import reports
from audits.services.record.events import record
from audits.services.reviews.audits import reopen_audit, submit_audit
from tests.casting import Cast
from tests.reports.packs.made_packs import add_decision, ask_for_pack, parts_of, read

IMMEDIATE = "django.tasks.backends.immediate.ImmediateBackend"


def more_lines(cast: Cast) -> None:
    tenant = cast.ours.organization
    for _ in range(3):
        record(organization=tenant, actor=None, verb="test.done", subject="1")


def squeezed(words: str) -> str:
    """Return words without spaces, since a digest is broken where the line ends."""
    return "".join(words.split())


@pytest.mark.thorough
@pytest.mark.usefixtures("stand_ins")
def test_paper_and_pack_keep_the_line_that_asked_for_them(
    cast: Cast, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    tenant = cast.ours
    with scope(organization=tenant.organization):
        audit = reopen_audit(audit=tenant.submitted, by=tenant.contributor)
        audit = submit_audit(audit=audit, by=tenant.contributor)
        report = queue_report(audit=audit, by=tenant.contributor)
        pack = ask_for_pack(tenant)
        more_lines(cast)

        for made in (report, pack):
            made.refresh_from_db()
            [asked] = Event.objects.filter(
                subject=str(made.pk), verb__endswith=".requested"
            )
            line = (made.record_number, made.record_digest)
            assert line == (asked.number, asked.digest)


@pytest.mark.thorough
@pytest.mark.once
def test_paper_prints_the_line_that_asked_for_it_and_is_made_again_the_same(
    cast: Cast, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    tenant = cast.ours
    with scope(organization=tenant.organization):
        audit = reopen_audit(audit=tenant.submitted, by=tenant.contributor)
        audit = submit_audit(audit=audit, by=tenant.contributor)
        report = queue_report(audit=audit, by=tenant.contributor)
        asked = Event.objects.get(verb="report.requested", subject=str(report.pk))
        more_lines(cast)
        report = Report.objects.get(pk=report.pk)
        again = build_paper(report.audit, record=record_line_of(report))

        reader = read(report)  # type: ignore[arg-type]
        said = squeezed("".join(reader.words))
        assert (report.record_number, report.record_digest) == (
            asked.number,
            asked.digest,
        )
        assert squeezed(f"Record of {tenant.organization}") in said
        assert squeezed(f"{asked.number} lines so far; hash of the last") in said
        assert asked.digest in said
        report.file.seek(0)
        assert render_paper(again) == report.file.read()


def test_paper_that_failed_keeps_its_line_when_asked_for_again(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        before = record_line_of(tenant.report)
        Report.objects.update(state=Report.State.FAILED)
        more_lines(cast)

        report, to_make = reports.request_report(
            audit=tenant.submitted, by=tenant.contributor
        )

        assert to_make
        assert before
        assert record_line_of(Report.objects.get(pk=report.pk)) == before


@pytest.mark.thorough
@pytest.mark.once
@pytest.mark.usefixtures("stand_ins")
def test_pack_says_the_line_that_asked_for_it_and_is_made_again_the_same(
    cast: Cast, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    tenant = cast.ours
    with scope(organization=tenant.organization):
        add_decision(tenant, "Pricing")
        pack = ask_for_pack(tenant)
        asked = Event.objects.get(verb="pack.requested", subject=str(pack.pk))
        more_lines(cast)
        overview = squeezed(" ".join(parts_of(pack)))
        pack = BoardPack.objects.get(pk=pack.pk)

        assert (pack.record_number, pack.record_digest) == (asked.number, asked.digest)
        said = f"Record line {asked.number}, digest {asked.digest[:16]}"
        assert squeezed(said) in overview
        assert print_pack(build_pack(pack)).pdf == pack.file.read()


@pytest.mark.once
def test_paper_of_before_prints_no_line(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        Report.objects.update(record_number=None, record_digest="")
        report = Report.objects.get(pk=tenant.report.pk)

        assert record_line_of(report) is None
        assert build_paper(report.audit).record is None
