"""Sends emails about overrides of verdicts, and about their end."""

from typing import cast

from django.core.mail import EmailMessage
from django.tasks import task
from django_scopes import scope

from audits.frameworks.loading import loader
from audits.frameworks.rules import Verdict
from audits.models import NoticeKind, Override, User
from audits.services.people.mails import (
    AFTER_PAPERS,
    inbox_row,
    is_mailed,
    is_sent,
    one_line,
    quoted,
)


@task(priority=AFTER_PAPERS)
def mail_overridden(organization_id: str, override_id: str, reader_id: int) -> None:
    """Tell an owner or a submitter that a verdict was overridden, or is no longer."""
    with scope(organization=organization_id):
        found = Override.objects.select_related("audit__use_case", "by")
        override, reader = found.get(pk=override_id), User.objects.get(pk=reader_id)
        if is_mailed(reader, override.audit):
            is_sent(_mail(override, reader), f"the override {override.pk}")


def _mail(override: Override, reader: User) -> EmailMessage:
    audit = override.audit
    use_case, who = one_line(audit.use_case.name), one_line(str(override.by))
    verdicts = loader.published(audit.framework, audit.framework_version).verdicts
    computed = verdicts[cast("Verdict", override.computed)].name
    if override.verdict:
        subject = f"Verdict overridden: {use_case}"
        name = verdicts[cast("Verdict", override.verdict)].name
        said = f"{who} signed “{name}” in place of the computed “{computed}”."
    else:
        subject = f"Override taken back: {use_case}"
        said = f"{who} took an override back: the computed “{computed}” counts again."
    lines = [
        said,
        "",
        f"Use case: {use_case} ({audit.use_case.reference})",
        "",
        f"{who} writes:",
        *quoted(override.words),
        "",
        "Read it here:",
        inbox_row(NoticeKind.OVERRIDDEN, override.pk),
        "",
        f"If you reply to this email, your reply goes to {who}.",
        "",
    ]
    return EmailMessage(
        subject=subject,
        body="\n".join(lines),
        to=[reader.email],
        reply_to=[override.by.email],
    )
