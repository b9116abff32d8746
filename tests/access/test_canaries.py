"""What no page shows: work of a queue, exports, a directory, and files that are full.

Of a file or an answer of ours that lacks the canary, theirs has it: else that it lacks
it would tell nothing.
"""

import io
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.core.mail import EmailMessage
from django.tasks import Task
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from audits.models import (
    ConditionStep,
    Import,
    Override,
    RemovedEvidence,
    Role,
    SignOffCondition,
)
from audits.reports.context import build_paper
from audits.reports.pdf_client import manuscript_of
from audits.services.answers.evidence import remove_evidence
from audits.services.privacy.organization_export import write_organization
from audits.services.privacy.person_export import write_person
from tests.access.files import ROW_OF, address_of, who_may
from tests.access.test_isolation import EMPTY, unpacked
from tests.board import boards
from tests.casting import CANARY, Cast, Tenant
from tests.conditions import sign_with, term
from tests.outcomes.signed import counted, sheet_of, signed
from tests.sign_on.directories import directory_of
from tests.signed_in import sign_in

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.once


def of_an_organization() -> dict[str, Task[..., Any]]:
    """Return every task that is told of an organization, by its name."""
    files = [
        path.relative_to(ROOT).with_suffix("")
        for path in (ROOT / "audits").rglob("*.py")
        if b"\n@task" in path.read_bytes()
    ]
    tasks = {
        found
        for file in files
        for found in vars(import_module(".".join(file.parts))).values()
        if isinstance(found, Task)
    }
    return {
        task.func.__name__: task
        for task in tasks
        if next(iter(signature(task.func).parameters), "") == "organization_id"
    }


def theirs_of(cast: Cast) -> dict[str, tuple[object, ...]]:
    """Return what each task is told beside the organization, if it is of theirs."""
    theirs = cast.theirs
    lead, reviewer = theirs.contributor, theirs.people[Role.REVIEWER]
    with scope(organization=theirs.organization):
        remove_evidence(evidence=theirs.evidence, by=theirs.people[Role.ADMIN])
        removed = RemovedEvidence.objects.get()
        audit = theirs.submitted
        review = sign_with(audit, reviewer, term(audit, f"{CANARY} first"))
        step = ConditionStep.objects.create(
            organization=theirs.organization,
            condition=SignOffCondition.objects.get(),
            kind=ConditionStep.Kind.TAKEN_BACK,
            by=reviewer,
        )
        type(audit).objects.filter(pk=audit.pk).update(review_due_at=timezone.now())
        override = Override.objects.create(
            organization=theirs.organization,
            audit=audit,
            by=reviewer,
            computed="prompt",
            verdict="rag",
            words=CANARY,
            number=1,
        )
    inventory, change = (theirs.inventory.pk,), (theirs.change.pk,)
    return {
        "mail_ask": (theirs.ask.pk,),
        "mail_answered": (theirs.ask.pk,),
        "mail_sent_back": (review.pk, lead.pk),
        "mail_signed": (review.pk, lead.pk),
        "mail_taken_back": (audit.pk, lead.pk, reviewer.pk),
        "mail_overridden": (override.pk, lead.pk),
        "mail_discarded": (theirs.draft.pk, lead.pk),
        "mail_review_due": (audit.pk,),
        "mail_removed": (removed.pk,),
        "mail_open_again": (step.pk,),
        "mail_invitation": (theirs.invitation.pk,),
        "make_report": (theirs.report.pk,),
        "make_pack": (theirs.pack.pk,),
        "make_rescore": (theirs.rescore.pk,),
        "check_inventory": inventory,
        "write_inventory": inventory,
        "undo_inventory": inventory,
        "write_change": change,
        "undo_change": change,
    }


def rows_of(tenant: Tenant) -> list[object]:
    """Return what tasks write, as it is stored."""
    with scope(organization=tenant.organization):
        return [
            type(each).objects.filter(pk=str(each.pk)).values().get()
            for each in (
                *(tenant.ask, tenant.draft, tenant.submitted, tenant.invitation),
                *(tenant.report, tenant.pack, tenant.rescore, tenant.inventory),
                tenant.change,
            )
        ]


def test_task_of_ours_does_nothing_with_what_is_theirs(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    tasks, told = of_an_organization(), theirs_of(cast)
    assert tasks.keys() == told.keys()
    before, ours = rows_of(cast.theirs), str(cast.ours.organization.pk)

    for name, task in tasks.items():
        with suppress(ObjectDoesNotExist):
            task.call(ours, *map(_as_queued, told[name]))
        assert mailoutbox == [], name

    assert rows_of(cast.theirs) == before
    # And of theirs, they do tell.
    told_of = str(cast.theirs.organization.pk)
    for name in ("mail_ask", "mail_signed", "mail_removed", "mail_invitation"):
        tasks[name].call(told_of, *map(_as_queued, told[name]))
    assert [CANARY in str(mail.body) for mail in mailoutbox] == [True] * 4


def _as_queued(value: object) -> object:
    return value if isinstance(value, int) else str(value)


def told_of(tenant: Tenant, other: Tenant) -> Iterator[tuple[str, bytes]]:
    """Yield what each program and person is told of one organization, by a name."""
    whole, own = io.BytesIO(), io.BytesIO()
    with scope(organization=tenant.organization):
        write_organization(tenant.organization, whole)
        paper = build_paper(tenant.submitted)
    write_person(tenant.contributor, own)
    for name, file in (("organization", whole), ("person", own)):
        yield name, b"".join(unpacked(file.getvalue()))
    yield "paper", manuscript_of(paper).html.encode()
    directory = directory_of(tenant.organization)
    directory.group(str(tenant.team))
    stranger = other.contributor.public_id
    for path in ("Users", "Groups", f"Users/{stranger}", f"Groups/{stranger}"):
        yield path.partition("/")[0], str(directory.ask("GET", path)).encode()


def test_exports_papers_and_directories_have_no_word_of_theirs(cast: Cast) -> None:
    has_word: dict[str, set[str]] = {}

    for tenant, other in ((cast.ours, cast.theirs), (cast.theirs, cast.ours)):
        for name, content in told_of(tenant, other):
            if CANARY.encode() in content:
                has_word.setdefault(tenant.organization.slug, set()).add(name)

    every = {"organization", "person", "paper", "Users", "Groups"}
    assert has_word == {"zanzibar": every}


def test_files_of_what_happened_have_no_word_or_number_of_theirs(cast: Cast) -> None:
    """Each file that is empty in the cast, once theirs is full."""
    theirs, amount = cast.theirs, Decimal(70_007)
    counted(signed(theirs), theirs, sheet_of("1200"))
    with scope(organization=theirs.organization):
        lead = theirs.contributor
        board = f"{CANARY} board"
        boards.record(boards.sign(theirs), lead, meeting=board, amount=amount)
        row = {"line": 2, "reference": "A", "name": CANARY, "does": "refused"}
        row |= {"problems": [CANARY], "changes": [], "notes": []}
        Import.objects.update(found=[row])
    marks = (CANARY.encode(), b"70007", b"70,007")
    has_any: dict[str, set[str]] = {"ours": set(), "theirs": set()}

    for name in EMPTY:
        for whose, tenant in (("ours", cast.ours), ("theirs", theirs)):
            client = Client()
            sign_in(client, tenant.people[who_may(ROW_OF[name])])
            found: Any = client.get(address_of(ROW_OF[name], tenant))
            assert found.status_code == 200
            content = b"".join(unpacked(found.getvalue()))
            if any(mark in content for mark in marks):
                has_any[whose].add(name)

    assert has_any == {"ours": set(), "theirs": EMPTY}
