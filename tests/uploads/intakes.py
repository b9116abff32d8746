"""Every place that takes a file from a person."""

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from audits.frameworks.loading import proposals
from audits.models import Audit, Evidence, Import, Organization, Role, User
from audits.uploads.attachments import pictures
from audits.uploads.attachments import reading as attachments
from audits.uploads.documents import tokens
from audits.uploads.tables import reading as tables
from audits.verify import papers
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import let_prove

PNG_NAME = "a.png"


@dataclass(frozen=True, kw_only=True)
class Intake:
    """A page that takes a file; `reader` is the module whose _READER reads it.

    `typed` are fields that must be there again when the file is refused.
    """

    url: Callable[[Cast], str]
    field: str
    name: str
    reader: ModuleType
    who: Callable[[Cast], User | None]
    fields: Mapping[str, str]
    typed: str = ""
    refused: int = 422
    busy: int = 503

    def send(self, cast: Cast, content: bytes, name: str = "") -> HttpResponse:
        client = Client()
        if user := self.who(cast):
            client.force_login(user)
            let_prove(client, user)
        file = SimpleUploadedFile(name or self.name, content)
        sent: dict[str, Any] = {**self.fields, self.field: file}
        return client.post(self.url(cast), sent)  # type: ignore[return-value]


def _contributor(cast: Cast) -> User:
    return cast.ours.contributor


def _operator(_: Cast) -> User:
    address = "operator@example.org"
    if user := User.objects.filter(email=address).first():
        return user
    return User.objects.create_superuser(address, "secret", name="Operator")


INTAKES = {
    "import": Intake(
        url=lambda cast: reverse("import_upload"),
        field="file",
        name="inventory.xlsx",
        reader=tables,
        who=_contributor,
        fields={},
    ),
    "tokens": Intake(
        url=lambda cast: reverse("tokens", args=[cast.ours.draft.pk]),
        field="document",
        name="prompt.docx",
        reader=tokens,
        who=_contributor,
        fields={"text": "Typed before"},
        typed="Typed before",
        refused=200,
        busy=200,
    ),
    "evidence": Intake(
        url=lambda cast: reverse("add_evidence", args=[cast.ours.draft.pk, "goal"]),
        field="file",
        name="run.docx",
        reader=attachments,
        who=_contributor,
        fields={"link_name": "Typed before"},
        typed="Typed before",
    ),
    "logo": Intake(
        url=lambda cast: reverse(
            "admin:audits_organization_change", args=[cast.ours.organization.pk]
        ),
        field="logo",
        name=PNG_NAME,
        reader=pictures,
        who=_operator,
        fields={
            "name": "Typed before",
            "slug": "northgate",
            "paper_size": "a4",
            "currency": "USD",
            "accent": "",
        },
        typed="Typed before",
        refused=200,
        busy=200,
    ),
    "impact": Intake(
        url=lambda cast: reverse("impact"),
        field="framework",
        name="v2.yaml",
        reader=proposals,
        who=lambda cast: cast.ours.people[Role.ADMIN],
        fields={},
    ),
    "verify": Intake(
        url=lambda cast: reverse("verify"),
        field="paper",
        name="paper.pdf",
        reader=papers,
        who=lambda cast: None,
        fields={},
    ),
}


def page_of(response: HttpResponse) -> str:
    return html.unescape(html_of(response))


def everything() -> list[object]:
    """Return what files are stored in, and under which names."""
    with scopes_disabled():
        return [
            list(model.objects.order_by("pk").values())
            for model in (Audit, Evidence, Import, Organization)
        ]
