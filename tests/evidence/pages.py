"""What tests do with the evidence page, and read off it."""

import html
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Evidence
from audits.services.answers.evidence import add_file
from tests.casting import Cast
from tests.pages import html_in
from tests.uploads.attachments import made_files as made

LINK = "https://example.org/run"


def url(audit: Audit, question: str = "goal") -> str:
    return reverse("add_evidence", args=[audit.pk, question])


def file_url(evidence: Evidence) -> str:
    return reverse("evidence_file", args=[evidence.pk])


def words(response: Any) -> str:
    content: bytes = response.content
    return html.unescape(html_in(content.decode()))


def body(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def post(
    client: Client, cast: Cast, content: bytes, name: str, **fields: str
) -> HttpResponseBase:
    form = {"file": SimpleUploadedFile(name, content), **fields}
    return client.post(url(cast.ours.draft), form)


def post_named(client: Client, cast: Cast, name: bytes) -> HttpResponseBase:
    """Post a file under a name of raw bytes, which no browser would send."""
    body = (
        b'--cut\r\nContent-Disposition: form-data; name="file"; filename="%b"\r\n'
        b"Content-Type: text/html\r\n\r\n%b\r\n--cut--\r\n" % (name, made.PDF)
    )
    kind = "multipart/form-data; boundary=cut"
    return client.post(url(cast.ours.draft), body, content_type=kind)


def behind_goal(cast: Cast) -> list[Evidence]:
    with scope(organization=cast.ours.organization):
        return list(Evidence.objects.behind(cast.ours.draft, "goal"))


def added(cast: Cast, content: bytes, name: str) -> Evidence:
    with scope(organization=cast.ours.organization):
        return add_file(
            audit=cast.ours.draft,
            by=cast.ours.contributor,
            question="goal",
            upload=ContentFile(content, name),
        )


def lock(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        Audit.objects.update(state=Audit.State.IN_REVIEW)
