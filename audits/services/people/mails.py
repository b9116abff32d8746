"""Sends emails about requests, reviews, removed evidence and due reviews.

Those about sign-offs and their conditions are in `sign_off_mails`. What is in an inbox
and emailed at once is listed in `mail_kinds`.

A worker sends them, so that a mail server that does not answer delays no page. People
who chose a digest get it instead, but for what their inbox does not list.
"""

import logging
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.tasks import task
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.loading import loader
from audits.models import (
    SEE_ALL,
    AnswerRequest,
    Audit,
    Mails,
    NoticeKind,
    RemovedEvidence,
    Review,
    User,
)
from audits.scoring.explaining.completeness import named
from audits.services.due.contradictions import cause_of
from audits.services.people.answered_asks import labels_answered

logger = logging.getLogger(__name__)
# Somebody waits for a paper in front of its page (services/jobs/fair_queue.py).
AFTER_PAPERS = 46


def path_to_answer(audit_id: UUID, section: str, question: str = "") -> str:
    """Return the address of a section or one of its questions."""
    if question:
        return reverse("question", args=(audit_id, question))
    return reverse("section", args=(audit_id, section))


@task(priority=AFTER_PAPERS)
def mail_ask(organization_id: str, ask_id: str) -> None:
    """Email the colleague who is asked, unless the request is closed by then.

    If that fails, the request stays, and says so.
    """
    with scope(organization=organization_id):
        ask = AnswerRequest.objects.open().with_audit().filter(pk=ask_id).first()
        if ask is None or not is_mailed(ask.of, ask):
            return
        if not is_sent(_mail_about(ask), f"the ask {ask.pk}"):
            AnswerRequest.objects.filter(pk=ask.pk).update(mail_failed=True)


@task(priority=AFTER_PAPERS)
def mail_answered(organization_id: str, ask_id: str) -> None:
    """Tell who asked that a colleague has answered, or closed the request."""
    with scope(organization=organization_id):
        asks = AnswerRequest.objects.with_audit().select_related("closed_by")
        by_others = asks.filter(closed_by__isnull=False).exclude(closed_by=F("by"))
        ask = by_others.filter(pk=ask_id).first()
        if ask and is_mailed(ask.by, ask):
            is_sent(_mail_answered(ask), f"the answer to {ask.pk}")


@task(priority=AFTER_PAPERS)
def mail_sent_back(organization_id: str, review_id: str, author_id: int) -> None:
    """Tell the submitter of an audit that it was sent back, and why."""
    with scope(organization=organization_id):
        reviews = Review.objects.select_related("audit__use_case", "by")
        review, author = reviews.get(pk=review_id), User.objects.get(pk=author_id)
        if is_mailed(author, review):
            is_sent(_mail_sent_back(review, author), f"the review {review.pk}")


@task(priority=AFTER_PAPERS)
def mail_taken_back(
    organization_id: str, audit_id: str, author_id: int, by_id: int
) -> None:
    """Tell the submitter of an audit that a colleague took it back from review."""
    with scope(organization=organization_id):
        audit = Audit.objects.select_related("use_case").get(pk=audit_id)
        people = User.objects.in_bulk([author_id, by_id])
        if is_mailed(people[author_id], audit, is_in_inbox=False):
            mail = _mail_taken_back(audit, people[author_id], people[by_id])
            is_sent(mail, f"the audit {audit.pk} taken back")


@task(priority=AFTER_PAPERS)
def mail_discarded(organization_id: str, draft_id: str, author_id: int) -> None:
    """Tell somebody who worked on a draft that it was discarded."""
    with scope(organization=organization_id):
        drafts = Audit.objects.select_related("use_case", "discarded_by")
        draft, author = drafts.get(pk=draft_id), User.objects.get(pk=author_id)
        if is_mailed(author, draft):
            is_sent(_mail_discarded(draft, author), f"the discarded draft {draft.pk}")


@task(priority=AFTER_PAPERS)
def mail_review_due(organization_id: str, audit_id: str) -> None:
    """Tell the owner of a use case that its signed-off verdict is due for review."""
    with scope(organization=organization_id):
        audits = Audit.objects.select_related("use_case__owner")
        audit = audits.exclude(review_due_at=None).filter(pk=audit_id).first()
        if audit and is_mailed(audit.use_case.owner, audit):
            is_sent(_mail_review_due(audit), f"the review due of {audit.pk}")


@task(priority=AFTER_PAPERS)
def mail_removed(organization_id: str, removed_id: int) -> None:
    """Tell who added a link or a file that somebody else has removed it."""
    with scope(organization=organization_id):
        found = RemovedEvidence.objects.with_people()
        removed = found.select_related("audit__use_case").get(pk=removed_id)
        if is_mailed(removed.added_by, removed, is_in_inbox=False):
            is_sent(_mail_removed(removed), f"the removed evidence {removed.was}")


def with_ending(mail: EmailMessage) -> EmailMessage:
    """Say at the end of an email where its reader chooses how many come."""
    page = f"{settings.SITE_URL}{reverse('own_settings')}"
    mail.body = f"{mail.body}\nChoose how often Attune emails you:\n{page}\n"
    return mail


def is_mailed(
    person: User,
    about: AnswerRequest | Audit | RemovedEvidence | Review,
    *,
    is_in_inbox: bool = True,
) -> bool:
    """Return whether a person may still read about something, and wants to at once.

    No digest has what is not in the inbox.
    """
    own = person.memberships.filter(
        organization=about.organization_id, role__in=SEE_ALL
    )
    wanted = person.mails == Mails.AT_ONCE
    if not is_in_inbox:
        wanted = person.mails != Mails.NONE
    return person.is_active and wanted and own.exists()


def is_sent(mail: EmailMessage, about: str) -> bool:
    """Send an email, and return whether the mail server has taken it."""
    try:
        with_ending(mail).send()
    except OSError:  # these include smtplib's exceptions
        logger.exception("The mail about %s was not sent", about)
        return False
    return True


def _mail_about(ask: AnswerRequest) -> EmailMessage:
    """Send the email; the only text of people in its headers is the use case's name."""
    use_case = one_line(ask.audit.use_case.name)
    return EmailMessage(
        subject=f"Answer needed: {use_case}",
        body="\n".join(_body(ask, use_case)),
        to=[ask.of.email],
        reply_to=[ask.by.email],
    )


def _body(ask: AnswerRequest, use_case: str) -> list[str]:
    framework = loader.published(ask.audit.framework, ask.audit.framework_version)
    section = next(s for s in framework.sections if s.id == ask.section)
    asker = one_line(str(ask.by))
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
        lines += ["", f"{asker} writes:", *quoted(ask.message)]
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


def _mail_answered(ask: AnswerRequest) -> EmailMessage:
    use_case, who = one_line(ask.audit.use_case.name), one_line(str(ask.closed_by))
    framework = loader.published(ask.audit.framework, ask.audit.framework_version)
    section = next(s for s in framework.sections if s.id == ask.section)
    asked = framework.question_by_id.get(ask.question)
    is_answered = ask.closed_as == AnswerRequest.ClosedAs.ANSWERED
    labels = labels_answered([ask]).get(ask.pk, []) if is_answered else []
    how = "as answered" if is_answered else "without an answer"
    done = f"answered {named(labels)}" if labels else f"closed your request {how}"
    lines = [
        f"{who} has {done}.",
        "",
        f"Use case: {use_case} ({ask.audit.use_case.reference})",
        f"Question: {asked.text}" if asked else f"Section: {section.title}",
        "",
        "Read it here:",
        inbox_row(NoticeKind.ANSWERED, ask.pk),
        "",
        f"If you reply to this email, your reply goes to {who}.",
        "",
    ]
    return EmailMessage(
        subject=f"{'Answered' if is_answered else 'Not answered'}: {use_case}",
        body="\n".join(lines),
        to=[ask.by.email],
        reply_to=[ask.closed_by.email] if ask.closed_by else [],
    )


def inbox_row(kind: NoticeKind, subject: UUID) -> str:
    """Return the address of a row of an inbox, which marks it as read."""
    return f"{settings.SITE_URL}{reverse('notice', args=(kind, subject))}"


def _mail_sent_back(review: Review, author: User) -> EmailMessage:
    use_case = one_line(review.audit.use_case.name)
    reviewer = one_line(str(review.by))
    path = reverse("tasks", args=(review.audit_id,))
    lines = [
        f"{reviewer} has sent back the audit you submitted.",
        "",
        f"Use case: {use_case} ({review.audit.use_case.reference})",
        "",
        *_written(reviewer, review),
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


def _written(reviewer: str, review: Review) -> list[str]:
    """Return what a reviewer writes, and which questions must be answered again."""
    lines = [f"{reviewer} writes:", *quoted(review.words), ""] if review.words else []
    if review.pointed:
        lines += ["To answer again:"]
        for label, words in review.pointed:
            lines += [f"- {label}", *quoted(words)]
        lines += [""]
    return lines


def _mail_taken_back(audit: Audit, author: User, by: User) -> EmailMessage:
    use_case, who = one_line(audit.use_case.name), one_line(str(by))
    path = reverse("tasks", args=(audit.pk,))
    lines = [
        f"{who} has taken back the audit you submitted, to change its answers.",
        "",
        f"Use case: {use_case} ({audit.use_case.reference})",
        "",
        "Nobody can sign it off until somebody submits it again. Read it here:",
        f"{settings.SITE_URL}{path}",
        "",
        f"If you reply to this email, your reply goes to {who}.",
        "",
    ]
    return EmailMessage(
        subject=f"Taken back from review: {use_case}",
        body="\n".join(lines),
        to=[author.email],
        reply_to=[by.email],
    )


def _mail_discarded(draft: Audit, author: User) -> EmailMessage:
    use_case, by = one_line(draft.use_case.name), draft.discarded_by
    who = one_line(str(by))
    path = reverse("result", args=(draft.pk,))
    lines = [
        f"{who} has discarded a draft that you worked on.",
        "",
        f"Use case: {use_case} ({draft.use_case.reference})",
        "",
        "The earlier audit, which is signed off, stays in force. The draft keeps what",
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
    use_case = one_line(audit.use_case.name)
    path = reverse("result", args=(audit.pk,))
    lines = [
        "One of your signed-off verdicts is due for review.",
        "",
        f"Use case: {use_case} ({audit.use_case.reference})",
        f"Why: {cause_of(audit)}",
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


def _mail_removed(removed: RemovedEvidence) -> EmailMessage:
    use_case = one_line(removed.audit.use_case.name)
    who, name = one_line(str(removed.removed_by)), one_line(removed.name)
    path = reverse("add_evidence", args=(removed.audit_id, removed.question))
    lines = [
        f"{who} has removed a {'link' if removed.link else 'file'} that you added.",
        "",
        f"Use case: {use_case} ({removed.audit.use_case.reference})",
        f"Removed: {name}",
        "",
        "See what else is behind the answer:",
        f"{settings.SITE_URL}{path}",
        "",
        f"If you reply to this email, your reply goes to {who}.",
        "",
    ]
    return EmailMessage(
        subject=f"Evidence removed: {use_case}",
        body="\n".join(lines),
        to=[removed.added_by.email],
        reply_to=[removed.removed_by.email],
    )


def quoted(text: str) -> list[str]:
    """Return the lines of what somebody wrote, marked as such."""
    return [f"> {line}" for line in text.splitlines()]


def one_line(text: str) -> str:
    """Return a text without line breaks, as a header must be."""
    return " ".join(text.split())
