"""Sends emails about sign-offs, and about the conditions that somebody has to meet."""

from collections.abc import Iterator, Sequence

from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.tasks import task
from django.utils.formats import date_format
from django_scopes import scope

from audits.models import (
    Audit,
    ConditionStep,
    NoticeKind,
    Review,
    SignOffCondition,
    User,
)
from audits.services.people.mails import (
    AFTER_PAPERS,
    inbox_row,
    is_mailed,
    is_sent,
    one_line,
    quoted,
)


@task(priority=AFTER_PAPERS)
def mail_signed(organization_id: str, review_id: str, reader_id: int) -> None:
    """Tell somebody that an audit was signed off, and what they are asked to meet.

    Its submitter and the owner of its use case are told in any case. Another owner of
    a condition is not if none of theirs is open by then.
    """
    with scope(organization=organization_id):
        reviews = Review.objects.select_related("audit__use_case", "by")
        review, reader = reviews.get(pk=review_id), User.objects.get(pk=reader_id)
        asked = list(_open_of(reader).filter(review=review))
        told = (review.audit.submitted_by_id, review.audit.use_case.owner_id)
        if (asked or reader.pk in told) and is_mailed(reader, review):
            mail = _mail_signed(review, reader, asked)
            is_sent(mail, f"the review {review.pk}")


@task(priority=AFTER_PAPERS)
def mail_open_again(organization_id: str, step_id: int) -> None:
    """Tell the owner of a condition that somebody else has opened it again, and why."""
    with scope(organization=organization_id):
        steps = ConditionStep.objects.select_related(
            *("by", "condition__owner", "condition__handed_to"),
            "condition__review__audit__use_case",
        )
        step = steps.filter(pk=step_id).first()
        if step is None or step.by == step.condition.asked:
            return
        found = step.condition
        is_open = _open_of(found.asked).filter(pk=found.pk).exists()
        if is_open and is_mailed(found.asked, found.review):
            is_sent(_mail_open_again(step), f"the condition {found.pk}")


def _open_of(person: User) -> QuerySet[SignOffCondition]:
    return SignOffCondition.objects.asked_of(person.pk)


def _mail_signed(
    review: Review, reader: User, asked: Sequence[SignOffCondition]
) -> EmailMessage:
    use_case = one_line(review.audit.use_case.name)
    who = one_line(str(review.by))
    has_conditions = review.outcome == Review.Outcome.CONDITIONS
    how = ", with conditions" if has_conditions else ""
    subject = f"Signed off{how}: {use_case}"
    words = ["", f"{who} writes:", *quoted(review.words)] if review.words else []
    where = ["Read the result here:", inbox_row(NoticeKind.SIGNED, review.pk)]
    if asked:
        subject = f"{_to_meet(len(asked))}: {use_case}"
        where = list(_asked(asked))
    return EmailMessage(
        subject=subject,
        body="\n".join(
            [
                f"{who} has signed off the verdict{how}.",
                "",
                _named(review.audit),
                *words,
                "",
                *where,
                *_ending(who),
            ]
        ),
        to=[reader.email],
        reply_to=[review.by.email],
    )


def _to_meet(number: int) -> str:
    return "Condition to meet" if number == 1 else f"{number} conditions to meet"


def _asked(asked: Sequence[SignOffCondition]) -> Iterator[str]:
    """Yield what the reader is asked to meet, the first to be due first."""
    yield f"You are asked to meet {'this' if len(asked) == 1 else 'these'}:"
    for each in sorted(asked, key=lambda x: (x.due_on, x.number)):
        yield from _to_read(each)


def _to_read(asked: SignOffCondition) -> Iterator[str]:
    yield ""
    yield from quoted(asked.words)
    yield f"By {date_format(asked.due_on, 'j F Y')}. Read it, or mark it as met, here:"
    yield inbox_row(NoticeKind.CONDITION, asked.pk)


def _mail_open_again(step: ConditionStep) -> EmailMessage:
    found, who = step.condition, one_line(str(step.by))
    audit = found.review.audit
    return EmailMessage(
        subject=f"Condition open again: {one_line(audit.use_case.name)}",
        body="\n".join(
            [
                f"{who} says that a condition of yours is not met.",
                "",
                _named(audit),
                "",
                f"{who} writes:",
                *quoted(step.words),
                "",
                "You are asked to meet this:",
                *_to_read(found),
                *_ending(who),
            ]
        ),
        to=[found.asked.email],
        reply_to=[step.by.email],
    )


def _named(audit: Audit) -> str:
    name = one_line(audit.use_case.name)
    return f"Use case: {name} ({audit.use_case.reference})"


def _ending(who: str) -> tuple[str, ...]:
    return "", f"If you reply to this email, your reply goes to {who}.", ""
