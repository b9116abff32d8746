"""Sends emails about requests, reviews and due reviews."""

import logging
from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse

from audits.frameworks import loader
from audits.models import AnswerRequest, Audit, Review, User

logger = logging.getLogger(__name__)


def path_to_answer(audit_id: UUID, section: str, question: str = "") -> str:
    """Return the address of a section or one of its questions."""
    if question:
        return reverse("question", args=(audit_id, question))
    return reverse("section", args=(audit_id, section))


def mail_on_commit(ask: AnswerRequest) -> None:
    """Email the colleague, once the request is committed.

    Errors of the email are logged, and the request remains.
    """

    def failed() -> None:
        ask.mail_failed = True

    _on_commit(_mail_about(ask), f"the ask {ask.pk}", failed)


def mail_sent_back(review: Review, author: User) -> None:
    """Tell the submitter of an audit that it was sent back, and why."""
    _on_commit(_mail_sent_back(review, author), f"the review {review.pk}")


def mail_discarded(draft: Audit, author: User) -> None:
    """Tell somebody who worked on a draft that it was discarded."""
    if author.is_active:
        _on_commit(_mail_discarded(draft, author), f"the discarded draft {draft.pk}")


def mail_review_due(audit: Audit) -> None:
    """Tell the owner of a use case that its signed-off verdict is due for review."""
    if audit.use_case.owner.is_active:
        _on_commit(_mail_review_due(audit), f"the review due of {audit.pk}")


def _on_commit(
    mail: EmailMessage, about: str, failed: Callable[[], None] = lambda: None
) -> None:
    # Django logs other errors than those of the mail server.
    transaction.on_commit(partial(_send, mail, about, failed), robust=True)


def _send(mail: EmailMessage, about: str, failed: Callable[[], None]) -> None:
    try:
        mail.send()
    except OSError:  # these include smtplib's exceptions
        failed()
        logger.exception("The mail about %s was not sent", about)


def _mail_about(ask: AnswerRequest) -> EmailMessage:
    """Send the email; the only text of people in its headers is the use case's name."""
    use_case = _one_line(ask.audit.use_case.name)
    return EmailMessage(
        subject=f"Answer needed: {use_case}",
        body="\n".join(_body(ask, use_case)),
        to=[ask.of.email],
        reply_to=[ask.by.email],
    )


def _body(ask: AnswerRequest, use_case: str) -> list[str]:
    framework = loader.published(ask.audit.framework, ask.audit.framework_version)
    section = next(s for s in framework.sections if s.id == ask.section)
    asker = _one_line(str(ask.by))
    what = "one question" if ask.question else "a section"
    lines = [
        f"{asker} asks you to answer {what} about an AI use case.",
        "",
        f"Use case: {use_case} ({ask.audit.use_case.reference})",
        f"Section: {section.title}",
    ]
    if ask.question:
        lines.append(f"Question: {framework.question_by_id[ask.question].text}")
    if ask.message:
        lines += ["", f"{asker} writes:", *_quoted(ask.message)]
    path = path_to_answer(ask.audit_id, ask.section, ask.question)
    return [
        *lines,
        "",
        "Answer it here:",
        f"{settings.SITE_URL}{path}",
        "",
        f"All your open requests: {settings.SITE_URL}{reverse('inbox')}",
        f"If you reply to this email, your reply goes to {asker}.",
        "",
    ]


def _mail_sent_back(review: Review, author: User) -> EmailMessage:
    use_case = _one_line(review.audit.use_case.name)
    reviewer = _one_line(str(review.by))
    path = reverse("tasks", args=(review.audit_id,))
    lines = [
        f"{reviewer} has sent back the audit you submitted.",
        "",
        f"Use case: {use_case} ({review.audit.use_case.reference})",
        "",
        f"{reviewer} writes:",
        *_quoted(review.words),
        "",
        "You can change its answers again. Continue here, then resubmit it:",
        f"{settings.SITE_URL}{path}",
        "",
        f"If you reply to this email, your reply goes to {reviewer}.",
        "",
    ]
    return EmailMessage(
        subject=f"Sent back: {use_case}",
        body="\n".join(lines),
        to=[author.email],
        reply_to=[review.by.email],
    )


def _mail_discarded(draft: Audit, author: User) -> EmailMessage:
    use_case, by = _one_line(draft.use_case.name), draft.discarded_by
    who = _one_line(str(by))
    path = reverse("result", args=(draft.pk,))
    lines = [
        f"{who} has discarded a draft that you worked on.",
        "",
        f"Use case: {use_case} ({draft.use_case.reference})",
        "",
        "The earlier audit, which is signed off, counts again. The draft keeps what",
        "you entered. Read it here:",
        f"{settings.SITE_URL}{path}",
        "",
        f"If you reply to this email, your reply goes to {who}.",
        "",
    ]
    return EmailMessage(
        subject=f"Draft discarded: {use_case}",
        body="\n".join(lines),
        to=[author.email],
        reply_to=[by.email] if by else [],
    )


def _mail_review_due(audit: Audit) -> EmailMessage:
    use_case = _one_line(audit.use_case.name)
    path = reverse("result", args=(audit.pk,))
    lines = [
        "One of your signed-off verdicts is due for review.",
        "",
        f"Use case: {use_case} ({audit.use_case.reference})",
        f"Why: {audit.review_cause}",
        "",
        "The verdict itself has not changed. Read it, and start a new audit if",
        "the reason affects you:",
        f"{settings.SITE_URL}{path}",
        "",
    ]
    return EmailMessage(
        subject=f"Review due: {use_case}",
        body="\n".join(lines),
        to=[audit.use_case.owner.email],
    )


def _quoted(text: str) -> list[str]:
    return [f"> {line}" for line in text.splitlines()]


def _one_line(text: str) -> str:
    return " ".join(text.split())
