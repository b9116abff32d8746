"""Downloads of slides and documents: who gets what, and when."""

import sys
from dataclasses import replace
from io import BytesIO
from subprocess import run
from typing import Any

import pptx
import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from audits.models import BoardPack, Event, Report, Role
from audits.office.told import from_json, texts_of
from audits.reports.office.telling import picture_of
from audits.reports.packs.pack_context import build_pack
from audits.reports.pdf_client import print_pack
from audits.reports.tasks import make_again, queue_report
from audits.services.papers.packs import pack_room
from audits.services.reviews.audits import reopen_audit
from tests.casting import Tenant
from tests.reports.made_files import (
    get,
    made_pack,
    made_report,
    page,
    path_of,
    with_worker,
)
from tests.reports.packs.made_packs import add_decision, ask_for_pack, state_money
from tests.signed_in import sign_in

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("stand_ins")]
LOADED = """
import importlib, pkgutil, sys
import audits.office
for module in pkgutil.iter_modules(audits.office.__path__, "audits.office."):
    importlib.import_module(module.name)
print(*({"pptx", "docx", "lxml", "PIL", "xlsxwriter"} & {*sys.modules}))
"""


@pytest.fixture
def viewer(tenant: Tenant) -> Client:
    client = Client()
    sign_in(client, tenant.people[Role.VIEWER])
    return client


def slides(response: Any) -> str:
    deck = pptx.Presentation(BytesIO(response.content))
    shapes = (shape for slide in deck.slides for shape in slide.shapes)
    return " ".join(shape.text for shape in shapes if shape.has_text_frame)


def notes(response: Any) -> str:
    slide: Any = pptx.Presentation(BytesIO(response.content)).slides[0]
    return str(slide.notes_slide.notes_text_frame.text)


@pytest.mark.thorough
def test_slides_of_a_paper_stay_what_its_pdf_says(
    tenant: Tenant, viewer: Client, settings: Settings
) -> None:
    report = made_report(tenant, settings)
    name = tenant.submitted.use_case.name
    said = page(viewer, "paper", report.pk)
    assert reverse("paper_slides", args=[report.pk]) in said
    assert reverse("paper_document", args=[report.pk]) in said
    tenant.submitted.use_case.name = "Another name"
    tenant.submitted.use_case.save(update_fields=["name"])
    reopen_audit(audit=tenant.submitted, by=tenant.contributor)

    found = get(viewer, "paper_slides", report.pk)

    assert name in slides(found)
    assert "Another name" not in slides(found)
    assert report.digest in notes(found)
    assert found["Content-Disposition"].endswith('.pptx"')
    assert found["Content-Security-Policy"] == "sandbox"
    assert get(viewer, "paper_document", report.pk).content[:2] == b"PK"
    last = Event.objects.filter(subject=str(report.pk)).latest("number")
    assert (last.verb, last.details["kind"]) == ("report.downloaded", "docx")


def test_what_is_not_made_or_has_all_answers_has_no_slides(
    tenant: Tenant, viewer: Client, settings: Settings
) -> None:
    report = queue_report(audit=tenant.submitted, by=tenant.contributor)
    assert get(viewer, "paper_slides", report.pk).status_code == 404
    with_worker(settings)

    annex = queue_report(
        audit=tenant.submitted, by=tenant.contributor, kind=Report.Kind.ANNEX
    )

    annex.refresh_from_db()
    assert annex.state == Report.State.READY
    assert get(viewer, "paper_slides", annex.pk).status_code == 404
    assert reverse("paper_slides", args=[annex.pk]) not in page(
        viewer, "paper", annex.pk
    )


def test_slides_of_a_pack_have_its_decisions_and_go_with_its_file(
    tenant: Tenant, viewer: Client, settings: Settings
) -> None:
    pack = made_pack(tenant, settings)
    assert reverse("pack_slides", args=[pack.pk]) in page(viewer, "pack", pack.pk)

    found = get(viewer, "pack_slides", pack.pk)

    told = from_json(pack.told)
    assert len(told.sheets) > 1
    assert told.sheets[0].title in slides(found)
    for sheet in told.sheets[1:]:
        assert sheet.title in slides(found)
    pack_room._expire(BoardPack.objects.get(pk=pack.pk))
    gone = get(viewer, "pack_slides", pack.pk)
    assert (gone.status_code, gone.url) == (302, reverse("pack", args=[pack.pk]))
    assert BoardPack.objects.get(pk=pack.pk).told == {}


@pytest.mark.thorough
def test_each_decision_of_a_pack_has_the_picture_of_its_own_money(
    tenant: Tenant,
) -> None:
    for name, requests in (("Letters", "1000000"), ("Claims", "20000000")):
        state_money(add_decision(tenant, name), requests=requests)
    pack = build_pack(ask_for_pack(tenant))
    pairs = [*zip(pack.asked, pack.papers, strict=True)]
    pairs.sort(key=lambda pair: pair[0].name != "Letters")
    # What is not ready may be first in the overview, but its page is the last.
    asked = tuple(
        replace(each, lacks="" if number else "2 answers")
        for number, (each, _) in enumerate(pairs)
    )
    papers = tuple(paper for _, paper in pairs)

    printed = print_pack(replace(pack, asked=asked, papers=papers))

    sheets = [sheet for sheet in from_json(printed.told).sheets if sheet.is_one]
    money = [(x.title, x.picture) for x in sheets]
    *others, first = [(x.one.heading, picture_of(x.money)) for x in papers[::-1]]
    assert "Letters" in money[-1][0]
    assert money[-1] == first
    assert sorted(money[:-1], key=str) == sorted(others, key=str)


def test_paper_with_a_lost_file_says_the_same_once_it_is_made_again(
    tenant: Tenant, viewer: Client, settings: Settings
) -> None:
    report = made_report(tenant, settings)
    before = from_json(report.told)
    path_of(report).unlink()
    with_worker(settings)

    make_again(job=report, by=tenant.contributor)

    report.refresh_from_db()
    assert [*texts_of(from_json(report.told).sheets[0])] == [
        *texts_of(before.sheets[0])
    ]
    assert get(viewer, "paper_slides", report.pk).status_code == 200


@pytest.mark.thorough
def test_no_library_of_office_files_is_loaded_before_one_is_made() -> None:
    done = run(
        [sys.executable, "-c", LOADED],
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == []
