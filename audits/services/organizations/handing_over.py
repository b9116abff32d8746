"""Hands over what a member has who leaves: use cases, requests and conditions."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

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
from audits.services.use_cases.given import Given, tell_owners


@dataclass(frozen=True, slots=True)
class Heirs:
    """Who gets what: one colleague, and others for what is of some teams.

    `of_teams` has them by the key of the team.
    """

    usual: User
    of_teams: Mapping[int, User] = field(default_factory=dict)

    def of(self, team: int) -> User:
        """Return who gets what is of a team."""
        return self.of_teams.get(team, self.usual)


def hand_over(*, member: Membership, to: Heirs, by: User) -> list[Entry]:
    """Give colleagues all that a member has; return a line for each, to record.

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
        *_conditions(person, to, by),
    ]


_COUNTED = {
    "use_case.changed": "use_cases",
    "ask.handed_over": "requests",
    "condition.handed_over": "conditions",
}


def shared_out(told: Iterable[Entry]) -> list[dict[str, int]]:
    """Return who got how many of what, by the lines of a handover.

    Each part names the person by their number; what they got none of is left out.
    """
    got: dict[int, Counter[str]] = {}
    for line in told:
        if what := _COUNTED.get(line.verb):
            given: Any = line.details.get("owner", line.details.get("after"))
            to: int = given[-1] if isinstance(given, list) else given
            got.setdefault(to, Counter())[what] += 1
    return [{"person": to, **counted} for to, counted in sorted(got.items())]


def _use_cases(person: User, heirs: Heirs, by: User) -> list[Entry]:
    """Change owners as a change of many use cases does, and tell the inbox."""
    own = UseCase.objects.select_for_update(no_key=True).filter(owner=person)
    found = list(own.order_by("pk"))
    pks = [use_case.pk for use_case in found]
    rows = PortfolioRow.objects.filter(use_case__in=pks)
    list(rows.order_by("use_case_id").select_for_update(no_key=True).values_list("pk"))
    given = {x.pk: Given(x.number, person.pk, heirs.of(x.team_id).pk) for x in found}
    counted = Counter(each.owner for each in given.values())
    for to in counted:
        theirs = [pk for pk, each in given.items() if each.owner == to]
        UseCase.objects.filter(pk__in=theirs).update(owner=to)
        PortfolioRow.objects.filter(use_case__in=theirs).update(owner=to)
    tell_owners(given=given, by=by)
    return [_told(x, person, given[x.pk].owner, counted) for x in found]


def _told(use_case: UseCase, person: User, to: int, counted: Counter[int]) -> Entry:
    others = counted[to] - 1
    more = {"others": others} if others else {}
    return Entry(
        verb="use_case.changed",
        subject=use_case.reference,
        details={"changed": ["owner"], "owner": [person.pk, to], **more},
    )


def _requests(person: User, heirs: Heirs) -> list[Entry]:
    """Ask the colleague; close what they asked themselves, or are asked already."""
    told = []
    asks = AnswerRequest.objects.open().filter(of=person)
    # The audits come before the requests, as where an answer closes one.
    audits = Audit.objects.filter(pk__in=asks.values("audit")).order_by("pk")
    list(audits.select_for_update(no_key=True).values_list("pk"))
    for ask in asks.select_related("audit__use_case"):
        to = heirs.of(ask.audit.use_case.team_id)
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


def _conditions(person: User, heirs: Heirs, by: User) -> list[Entry]:
    """Change who has to meet them; their inboxes tell it as of now."""
    asked = SignOffCondition.objects.asked_of(person.pk)
    since = {"handed_by": by, "handed_at": timezone.now()}
    told = []
    for pk, team in list(asked.values_list("pk", "audit__use_case__team")):
        to = heirs.of(team)
        SignOffCondition.objects.filter(pk=pk).update(handed_to=to, **since)
        verb, details = "condition.handed_over", _of(person, to)
        told.append(Entry(verb=verb, subject=str(pk), details=details))
    return told


def _of(person: User, to: User) -> dict[str, int]:
    return {"before": person.pk, "after": to.pk}
