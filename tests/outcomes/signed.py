"""A signed audit of a prompt, and synthetic usage of the months after its paper."""

from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, Role, UsageUpload
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.read_files.outcome_files import count_models
from audits.services.read_files.outcomes import compare_again
from audits.services.read_files.usage_uploads import add_usage
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.results_checks import check_results
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Tenant
from tests.replayed import replayed
from tests.scoring.costs.worked_decisions import GIVEN
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS

MODEL = "claude-sonnet-5-5"
HEAD = "day,model,requests,input,cached input,output,cost"
CANDIDATES: dict[str, dict[str, object]] = {
    "target": {"share": "0.9"},
    "c1": {
        "kind": "prompt",
        "model": MODEL,
        "cases": 200,
        "passed": 190,
        "sha256": "0f" * 32,
        "run": 0,
    },
}


# What could still change the verdict, so that it could not be signed off unanswered.
_OPEN = (
    *("task_shape", "examples", "traceability", "knowledge_size", "change_rate"),
    *("hosting", "example_quality"),
)


def signed(tenant: Tenant, **given: str) -> Audit:
    """Sign off the draft of a tenant, as a prompt that costs $1,354 a month.

    $750 of it are people, so its months are weak tests; `given` numbers replace others.
    """
    with scope(organization=tenant.organization):
        _sign(tenant, sent=_sent(given))
        return fresh_audit(tenant.draft)


@replayed
def _sign(tenant: Tenant, sent: dict[Any, Sent]) -> None:
    _submit(tenant, sent=sent)
    sign(fresh_audit(tenant.draft), tenant)


def submitted(tenant: Tenant, **given: str) -> Audit:
    """Submit the draft of a tenant, as a prompt that costs $1,354 a month.

    $750 of it are people, so its months are weak tests; `given` numbers replace others.
    """
    with scope(organization=tenant.organization):
        _submit(tenant, sent=_sent(given))
        return fresh_audit(tenant.draft)


@replayed
def _submit(tenant: Tenant, sent: dict[Any, Sent]) -> None:
    draft, lead = tenant.draft, tenant.contributor
    save_entries(audit=fresh_audit(draft), by=lead, sent=sent, sender=Sender())
    submit_audit(audit=fresh_audit(draft), by=lead)
    UsageUpload.objects.filter(use_case=draft.use_case).delete()


def _sent(given: dict[str, str]) -> dict[Any, Sent]:
    numbers = {k: x for k, x in GIVEN.items() if k != "upkeep_share_prompt"} | given
    answers = ANSWERS["prompt_long_context"] | dict.fromkeys(_OPEN, "unknown")
    return {
        **{("answer", k): Sent(value=x) for k, x in answers.items()},
        **{("level", k): Sent(value=LEVELS[k]) for k in answers.keys() & LEVELS},
        **{
            ("number", k): Sent(value=x)
            for k, x in (numbers | {"today": "prompt"}).items()
        },
        **{("candidate", k): Sent(value=x) for k, x in CANDIDATES.items()},
    }


def signed_and_counted(
    tenant: Tenant, *bills: str, name: str = "usage.csv", **given: str
) -> Audit:
    """Sign off the draft of a tenant, and let a usage file with these bills count."""
    with scope(organization=tenant.organization):
        content = sheet_of(*bills)
        _sign_and_count(tenant, sent=_sent(given), content=content, name=name)
        return fresh_audit(tenant.draft)


@replayed
def _sign_and_count(
    tenant: Tenant, sent: dict[Any, Sent], content: bytes, name: str
) -> None:
    _sign(tenant, sent=sent)
    counted(fresh_audit(tenant.draft), tenant, content, name)


def signed_and_checked(tenant: Tenant, content: bytes) -> Audit:
    """Sign off the draft of a tenant, and check it with newer results, “new.csv”."""
    with scope(organization=tenant.organization):
        _sign_and_check(tenant, sent=_sent({}), content=content)
        return fresh_audit(tenant.draft)


@replayed
def _sign_and_check(tenant: Tenant, sent: dict[Any, Sent], content: bytes) -> None:
    _sign(tenant, sent=sent)
    check_results(
        audit=fresh_audit(tenant.draft),
        by=tenant.contributor,
        upload=file_of(content, "new.csv"),
        meant={"c1": ""},
    )


def begun_after_check(tenant: Tenant, content: bytes) -> Audit:
    """Return the audit that follows one which was checked with newer results."""
    with scope(organization=tenant.organization):
        _begin_after_check(tenant, content=content)
        return fresh_audit(Audit.objects.get(supersedes=tenant.draft.pk))


@replayed
def _begin_after_check(tenant: Tenant, content: bytes) -> None:
    audit = signed_and_checked(tenant, content)
    begin_again(audit=audit, by=tenant.contributor)


def sign(audit: Audit, tenant: Tenant) -> Audit:
    review_audit(
        audit=audit,
        by=tenant.people[Role.REVIEWER],
        outcome="approved",
        submission=submission_of(audit),
    )
    return fresh_audit(audit)


def signed_again(audit: Audit, tenant: Tenant, on: date) -> Audit:
    """Sign off the next audit of a use case, as if it were on a day."""
    lead = tenant.contributor
    with scope(organization=tenant.organization):
        new = submit_audit(audit=begin_again(audit=audit, by=lead), by=lead)
        new = sign(new, tenant)
        new.signed_off_at = timezone.make_aware(datetime.combine(on, time(12)))
        new.save(update_fields=["signed_off_at"])
        compare_again(audit.use_case)
    return new


def month_after(number: int = 1) -> date:
    """Return the first day of a month after today's."""
    first = timezone.localdate().replace(day=1)
    for _ in range(number):
        first = (first + timedelta(days=31)).replace(day=1)
    return first


def sheet_of(*bills: str, first: date | None = None, models: str = MODEL) -> bytes:
    """Return a file of whole months from the next one on, each with its bill.

    Half of it is of each of two models, if two are named.
    """
    first = first or month_after()
    lines = [HEAD]
    for number, bill in enumerate(bills):
        day = first
        for _ in range(number):
            day = (day + timedelta(days=31)).replace(day=1)
        following = (day + timedelta(days=31)).replace(day=1)
        for model in models.split("+"):
            lines.append(f"{day},{model},200000,1300000000,1080000000,60000000,{bill}")
            lines += [
                f"{day + timedelta(days=n)},{model},0,0,0,0,0"
                for n in range(1, (following - day).days)
            ]
    return "\n".join([*lines, ""]).encode()


def file_of(content: bytes, name: str = "usage.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def counted(
    audit: Audit,
    tenant: Tenant,
    content: bytes,
    name: str = "usage.csv",
    *,
    is_synthetic: bool = False,
) -> UsageUpload:
    """Let a usage file count whole."""
    lead = tenant.contributor
    with scope(organization=tenant.organization):
        kept = add_usage(
            audit=audit,
            by=lead,
            upload=file_of(content, name),
            is_synthetic=is_synthetic,
        )
        read_later(kept)
        names = sorted({row[1] for row in kept.content["rows"]})
        count_models(audit=audit, by=lead, kept=kept, models=names)
    return kept


def read_later(kept: UsageUpload, years: int = 2) -> None:
    """Let a file be read once the months after today are over."""
    kept.added_at += timedelta(days=365 * years)
    kept.save(update_fields=["added_at"])


def upload(
    client: Client,
    audit: Audit,
    content: bytes,
    name: str = "usage.csv",
    **fields: str,
) -> Any:
    """Read a file once its months are over; return the page that follows."""
    there = reverse("outcomes", args=[audit.pk])
    sent = {"file": file_of(content, name), **fields}
    response = client.post(there, sent)
    if response.status_code != HTTPStatus.FOUND:
        return response
    shown = response["Location"]
    with scope(organization=audit.organization):
        kept = UsageUpload.objects.get(pk=shown.rstrip("/").split("/")[-1])
        if kept.added_at < timezone.now():
            read_later(kept)
    return client.get(shown)
