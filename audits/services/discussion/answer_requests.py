"""Asks colleagues to answer, and closes requests that are answered."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Codes
from audits.frameworks.loading import loader
from audits.frameworks.questions import UNKNOWN
from audits.frameworks.schema import Framework
from audits.models import (
    CONTRIBUTORS,
    AnswerRequest,
    Audit,
    Membership,
    Role,
    User,
)
from audits.models.fields.text import fitting_text
from audits.models.organizations import REVIEWERS, in_role
from audits.models.queries.written_once import written_once
from audits.services.people.mails import mail_answered, mail_ask
from audits.services.record import events

MOST_CHARACTERS = 1000
_MOST_NAMED = 3


def colleagues_to_ask(*, audit: Audit, by: User) -> QuerySet[User]:
    """Return the other members of the organization who may answer, by name.

    `may_review` says whether one of them could sign off if they answered nothing.
    """
    team = audit.use_case.team_id
    everybody = Membership.objects.filter(organization=audit.organization_id)
    members = everybody.filter(in_role(CONTRIBUTORS, team=team))
    others = User.objects.filter(pk__in=members.values("user"), is_active=True)
    reviewers = members.filter(in_role(REVIEWERS, team=team)).values("user")
    others = others.annotate(may_review=Exists(reviewers.filter(user=OuterRef("pk"))))
    return others.exclude(pk=by.pk).order_by(Lower("name"), "email")


def why_not_asked(address: str, *, member: Membership) -> str:
    """Return why nobody with an email address can be asked, and whom to tell.

    Only members of the organization are looked up, so it says the same of an address
    that nobody has and of one in another organization.
    """
    members = Membership.objects.select_related("user").filter(
        organization=member.organization_id, user__is_active=True
    )
    found = members.filter(user__email=address.lower()).first()
    if found == member:
        return "This is your own address"
    admins = members.filter(role=Role.ADMIN).order_by(Lower("user__name"), "pk")
    whom = ", ".join(f"{x.user} ({x.user.email})" for x in admins[:_MOST_NAMED])
    ask = f"Ask an administrator: {whom}" if whom else "Ask those who run Attune"
    if found:
        return f"{found.user} may read but not answer. {ask}"
    return (
        f"Nobody in {member.organization} has the address {address}. They need an "
        f"account before you can ask them. {ask}"
    )


def open_asks(audit: Audit) -> dict[str, list[AnswerRequest]]:
    """Return the open requests by section, the latest first."""
    found: dict[str, list[AnswerRequest]] = {}
    for ask in AnswerRequest.objects.open().with_audit().filter(audit=audit):
        found.setdefault(ask.section, []).append(ask)
    return found


def is_begun(ask: AnswerRequest) -> bool:
    """Return whether any requested question has an answer other than “not known”."""
    framework = loader.published(ask.audit.framework, ask.audit.framework_version)
    codes = flow.relevant(framework, ask.audit.codes)
    asked = _questions_asked(ask, framework, codes)
    return any(codes.get(question, UNKNOWN) != UNKNOWN for question in asked)


@transaction.atomic
def ask_colleague(
    *,
    audit: Audit,
    by: User,
    of: User,
    section: str,
    question: str = "",
    message: str = "",
) -> AnswerRequest:
    """Ask a colleague to answer a section or one question, and email them.

    Args:
        audit: The audit; its row is read again and locked.
        by: Who asks.
        of: Who is asked.
        section: The id of the section.
        question: The id of one question of it; empty for the whole section.
        message: A message to the colleague.

    Returns:
        The request; or the same open request from before. Then nothing changes and no
        email is sent.

    Raises:
        ValidationError: The request is not possible, or the message does not fit.
    """
    message = fitting_text(message, MOST_CHARACTERS)
    audit = (
        Audit.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organization", "use_case")
        .get(pk=audit.pk)
    )
    _check(audit, by, of, section, question)
    ask, is_new = AnswerRequest.objects.get_or_create(
        organization=audit.organization,
        audit=audit,
        of=of,
        section=section,
        question=question,
        closed_at=None,
        defaults={"by": by, "message": message},
    )
    if is_new:
        _record(ask, by, "ask.made", of=of.pk)
        mail_ask.enqueue(str(ask.organization_id), str(ask.pk))
    return ask


def close_ask(*, ask: AnswerRequest, by: User) -> None:
    """Close a request; closing it twice has no further effect.

    If the colleague has started to answer, it counts as answered.
    """
    answered = by.pk == ask.of_id and is_begun(ask)
    closed_as = AnswerRequest.ClosedAs
    became = closed_as.ANSWERED if answered else closed_as.NOT_ANSWERED
    _close(ask, by, "ask.closed", became)


def close_answered(*, audit: Audit, by: User | None = None) -> list[AnswerRequest]:
    """Close the open requests of an audit that its answers have met.

    A request is met when all its applicable questions are answered, at least one of
    them since the request. An earlier “I don't know yet” does not count: it is often
    the reason for the request.

    Args:
        audit: The audit with its answers as saved.
        by: Who answered; None for the system.

    Returns:
        The closed requests. Without an open one this is a single query.
    """
    asks = _open_on(audit=audit)
    if not asks:
        return []
    framework = loader.published(audit.framework, audit.framework_version)
    met = [ask for ask in asks if _is_met(ask, audit, framework)]
    for ask in met:
        _close(ask, by, "ask.answered", AnswerRequest.ClosedAs.ANSWERED)
    return met


def close_signed(*, audit: Audit, by: User) -> None:
    """Close the open requests of an audit that is signed off: its answers are locked.

    The sign-off is told by email already, so nobody gets one for this.

    Args:
        audit: The audit.
        by: Who signed it off.
    """
    for ask in _open_on(audit=audit):
        _close(ask, by, "ask.closed", AnswerRequest.ClosedAs.SIGNED)


def questions_left(ask: AnswerRequest) -> list[str]:
    """Return the labels of the questions that a request still waits for.

    Args:
        ask: An open request with its audit as saved.
    """
    framework = loader.published(ask.audit.framework, ask.audit.framework_version)
    asked, since, codes = _answered_since(ask, ask.audit, framework)
    return [
        framework.question_by_id[question].label
        for question in asked
        if question not in since and codes.get(question, UNKNOWN) == UNKNOWN
    ]


@written_once
def _open_on(*, audit: Audit) -> QuerySet[AnswerRequest]:
    asks = AnswerRequest.objects.open().filter(audit=audit)
    return asks.select_related("organization")


def _check(audit: Audit, by: User, of: User, section: str, question: str) -> None:
    framework = loader.published(audit.framework, audit.framework_version)
    asked = framework.question_by_id.get(question)
    if not framework.in_section(section) or (
        question and (asked is None or asked.section != section)
    ):
        message = "Choose a section or one of its questions"
        raise ValidationError(message, code="unknown")
    if not audit.is_draft:
        message = "The answers are locked. Reopen them, then ask"
        raise ValidationError(message, code="locked")
    if not colleagues_to_ask(audit=audit, by=by).filter(pk=of.pk).exists():
        message = "Choose a colleague in your organization who may answer"
        raise ValidationError(message, code="colleague")


def _is_met(ask: AnswerRequest, audit: Audit, framework: Framework) -> bool:
    """Return whether a request is answered, at least in part since it was made."""
    asked, since, codes = _answered_since(ask, audit, framework)
    return bool(since) and all(
        question in since or codes.get(question, UNKNOWN) != UNKNOWN
        for question in asked
    )


def _answered_since(
    ask: AnswerRequest, audit: Audit, framework: Framework
) -> tuple[list[str], set[str], Codes]:
    """Return the questions asked, those answered since, and all answers."""
    codes = flow.relevant(framework, audit.codes)
    asked = _questions_asked(ask, framework, codes)
    # Answers are stamped to the second.
    made = ask.at.replace(microsecond=0)
    since = {
        question
        for question in asked
        if question in codes and _answered_at(audit, question) >= made
    }
    return asked, since, codes


def _answered_at(audit: Audit, question: str) -> datetime:
    """Return when a question was answered: by hand, or by the latest candidate."""
    by_hand = audit.answers.get(question)
    if by_hand is not None and by_hand["value"] is not None:
        return datetime.fromisoformat(by_hand["at"])
    return max(datetime.fromisoformat(x["at"]) for x in audit.candidates.values())


def _questions_asked(
    ask: AnswerRequest, framework: Framework, codes: Codes
) -> list[str]:
    return [
        question.id
        for question in flow.applicable(framework, codes)
        if question.section == ask.section and ask.question in ("", question.id)
    ]


@transaction.atomic
def _close(
    ask: AnswerRequest, by: User | None, verb: str, closed_as: AnswerRequest.ClosedAs
) -> None:
    columns = {"closed_at": timezone.now(), "closed_by": by, "closed_as": closed_as}
    if AnswerRequest.objects.open().filter(pk=ask.pk).update(**columns):
        for name, value in columns.items():
            setattr(ask, name, value)
        _record(ask, by, verb)
        if closed_as != AnswerRequest.ClosedAs.SIGNED:
            mail_answered.enqueue(str(ask.organization_id), str(ask.pk))


def _record(ask: AnswerRequest, by: User | None, verb: str, **details: int) -> None:
    events.record(
        organization=ask.organization,
        actor=by,
        verb=verb,
        subject=str(ask.pk),
        audit=str(ask.audit_id),
        section=ask.section,
        question=ask.question,
        **details,
    )
