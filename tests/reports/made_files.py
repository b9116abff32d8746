"""Papers and packs that are made and looked at, with a worker and without."""

import html
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from audits.models import BoardPack, Event, Report
from audits.reports.tasks import queue_report
from tests.casting import Tenant
from tests.pages import html_of
from tests.reports.packs.made_packs import ask_for_pack
from tests.reports.test_tasks import IMMEDIATE

State = Report.State


def made_report(tenant: Tenant, settings: Settings) -> Report:
    with_worker(settings)
    report = queue_report(audit=tenant.submitted, by=tenant.contributor)
    report.refresh_from_db()
    assert report.state == State.READY
    without_worker(settings)
    return report


def made_pack(tenant: Tenant, settings: Settings) -> BoardPack:
    with_worker(settings)
    pack = ask_for_pack(tenant)
    pack.refresh_from_db()
    assert pack.state == State.READY
    without_worker(settings)
    return pack


def with_worker(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}


def without_worker(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def path_of(job: Any) -> Path:
    return Path(job.file.path)


def get(client: Client, name: str, pk: Any) -> Any:
    return client.get(reverse(name, args=[pk]))


def page(client: Client, name: str, pk: Any) -> str:
    return html.unescape(html_of(get(client, name, pk)))


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def verbs(subject: Any) -> list[str]:
    own = Event.objects.filter(subject=str(subject))
    of_the_file = own.exclude(verb__endswith=".downloaded")
    return list(of_the_file.values_list("verb", flat=True))
