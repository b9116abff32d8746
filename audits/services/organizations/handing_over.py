"""Hands over what a member has who leaves: use cases, requests and conditions."""

from django.utils import timezone

from audits.models import (
    AnswerRequest,
    Audit,
    Membership,
    PortfolioRow,
    SignOffCondition,
    UseCase,
    User,
)
from audits.services.record.events import Entry
from audits.services.use_cases.given import tell_new_owners


def hand_over(*, member: Membership, to: User, by: User) -> list[Entry]:
    """Give a colleague all that a member has; return a line for each, to record.

    Call it in a transaction, before the organization is locked.

    Args:
        member: Who leaves.
        to: Who gets it.
        by: Who changes that.
    """
    person = member.user
    return [
        *_use_cases(person, to, by),
        *_requests(person, to),
        *_conditions(person, to),
    ]


def _use_cases(person: User, to: User, by: User) -> list[Entry]:
    """Change owners as a change of many use cases does, and tell the inbox."""
    own = UseCase.objects.select_for_update(no_key=True).filter(owner=person)
    found = list(own.order_by("pk"))
    pks = [use_case.pk for use_case in found]
    rows = PortfolioRow.objects.filter(use_case__in=pks)
    list(rows.order_by("use_case_id").select_for_update(no_key=True).values_list("pk"))
    UseCase.objects.filter(pk__in=pks).update(owner=to)
    rows.update(owner=to)
    given = {use_case.pk: (use_case.number, to.pk) for use_case in found}
    tell_new_owners(given=given, by=by)
    others = len(found) - 1
    more = {"others": others} if others else {}
    return [
        Entry(
            verb="use_case.changed",
            subject=use_case.reference,
            details={"changed": ["owner"], "owner": [person.pk, to.pk], **more},
        )
        for use_case in found
    ]


def _requests(person: User, to: User) -> list[Entry]:
    """Ask the colleague; close what they asked themselves, or are asked already."""
    told = []
    asks = AnswerRequest.objects.open().filter(of=person)
    # The audits come before the requests, as where an answer closes one.
    audits = Audit.objects.filter(pk__in=asks.values("audit")).order_by("pk")
    list(audits.select_for_update(no_key=True).values_list("pk"))
    for ask in asks:
        open_ones = AnswerRequest.objects.open().filter(audit=ask.audit_id, of=to)
        same = open_ones.filter(section=ask.section, question=ask.question)
        if ask.by_id == to.pk or same.exists():
            ask.closed_at = timezone.now()
            ask.closed_as = AnswerRequest.ClosedAs.NOT_ANSWERED
            ask.save(update_fields=["closed_at", "closed_as"])
            verb = "ask.closed"
        else:
            ask.of = to
            ask.save(update_fields=["of"])
            verb = "ask.handed_over"
        told.append(Entry(verb=verb, subject=str(ask.pk), details=_of(person, to)))
    return told


def _conditions(person: User, to: User) -> list[Entry]:
    asked = SignOffCondition.objects.asked_of(person.pk)
    told = [
        Entry(verb="condition.handed_over", subject=str(pk), details=_of(person, to))
        for pk in asked.values_list("pk", flat=True)
    ]
    asked.update(handed_to=to)
    return told


def _of(person: User, to: User) -> dict[str, int]:
    return {"before": person.pk, "after": to.pk}
