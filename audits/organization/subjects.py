"""What lines of the record are about, in words: their subjects are ids."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from audits.models import (
    AnswerRequest,
    Audit,
    DirectoryGroup,
    Event,
    Invitation,
    MailDomain,
    Membership,
    Organization,
    Report,
    Share,
    SignOffCondition,
    Team,
    UseCase,
    User,
)
from audits.organization.codes import is_code, unnamed

# What the subjects of lines are, by the first part of their verbs.
_PEOPLE = ("person", "membership")
_AUDITS, _INVITATIONS, _TEAMS = ("audit", "cover"), ("invitation",), ("team",)
_ORGANIZATIONS = ("organization", "provider")
_GROUPS, _DOMAINS, _SHARES = ("group",), ("domain",), ("share",)
_REPORTS, _CONDITIONS, _ASKS = ("report",), ("condition",), ("ask",)
# What a line itself calls its object, which may be gone.
OWN_NAMES = {"group": "name", "domain": "domain"}


def subjects_of(events: Iterable[Event]) -> Mapping[int | None, str]:
    """Say what each line is about, by its key; if that is gone, what kind it was.

    Note: this asks a query for each kind of object that there is.
    """
    found_lines = [*events]
    lines = [
        (each.pk, each.verb.partition(".")[0], each.subject) for each in found_lines
    ]
    # A line about a part of an audit names that: “evidence” is no name.
    parts = [str(x) for each in found_lines if (x := each.details.get("audit"))]
    names: dict[tuple[str, str], str] = {}
    for kinds, find in (
        (_PEOPLE, _people),
        (_AUDITS, _audits),
        (_INVITATIONS, _invitations),
        (_TEAMS, _teams),
        (_ORGANIZATIONS, _organizations),
        (_GROUPS, _groups),
        (_DOMAINS, _domains),
        (_SHARES, _shares),
        (_REPORTS, _reports),
        (_CONDITIONS, _conditions),
        (_ASKS, _asks),
    ):
        ids = {subject for _, kind, subject in lines if kind in kinds}
        ids |= {*parts} if kinds == _AUDITS else set()
        found = find(ids) if ids else {}
        names |= {(kind, key): name for kind in kinds for key, name in found.items()}
    about: dict[int | None, str] = {
        pk: names.get((kind, subject), unnamed(kind, subject))
        for pk, kind, subject in lines
    }
    for line in found_lines:
        audit = str(line.details.get("audit", ""))
        if is_code(line.subject):
            about[line.pk] = names.get(("audit", audit), about[line.pk])
        own = OWN_NAMES.get(line.verb.partition(".")[0], "")
        about[line.pk] = line.details.get(own, about[line.pk])
    return about


def _people(ids: set[str]) -> dict[str, str]:
    """Return names of people who are or were members."""
    people = User.objects.filter(pk__in=Membership.ever.values("user"))
    found = people.filter(pk__in=_numbers(ids))
    return {str(person.pk): str(person) for person in found}


def _audits(ids: set[str]) -> dict[str, str]:
    audits = Audit.objects.filter(pk__in=_uuids(ids)).select_related("use_case")
    return {str(audit.pk): f"Audit of {audit.use_case.reference}" for audit in audits}


def _invitations(ids: set[str]) -> dict[str, str]:
    found = Invitation.objects.filter(public_id__in=_uuids(ids))
    return {str(each.public_id): each.email for each in found}


def _teams(ids: set[str]) -> dict[str, str]:
    found = Team.objects.filter(pk__in=_numbers(ids))
    names = {str(team.pk): team.name for team in found}
    if gone := ids - names.keys():
        # The line of the merge keeps the name of the team that ended.
        merged = Event.objects.filter(verb="team.merged", subject__in=gone)
        told = merged.values_list("subject", "details")
        names |= {pk: said["names"][0] for pk, said in told if "names" in said}
    return names


def _organizations(ids: set[str]) -> dict[str, str]:
    found = Organization.objects.filter(pk__in=_uuids(ids))
    return {str(each.pk): each.name for each in found}


def _groups(ids: set[str]) -> dict[str, str]:
    found = DirectoryGroup.objects.filter(public_id__in=_uuids(ids))
    return {str(each.public_id): each.name for each in found}


def _domains(ids: set[str]) -> dict[str, str]:
    found = MailDomain.objects.filter(public_id__in=_uuids(ids))
    return {str(each.public_id): each.domain for each in found}


def _shares(ids: set[str]) -> dict[str, str]:
    """Return what was shared, and with whom: it stays as long as the paper or pack."""
    found = Share.objects.with_file().select_related("reader")
    return {
        str(each.public_id): f"{_shared(each)}, for {each}"
        for each in found.filter(public_id__in=_uuids(ids))
    }


def _shared(share: Share) -> str:
    return "Board pack" if share.report is None else _report(share.report)


def _reports(ids: set[str]) -> dict[str, str]:
    found = Report.objects.filter(pk__in=_uuids(ids)).select_related("audit__use_case")
    return {str(each.pk): _report(each) for each in found}


def _conditions(ids: set[str]) -> dict[str, str]:
    """Return of which use case each condition is: its words can be long."""
    found = SignOffCondition.objects.filter(pk__in=_uuids(ids))
    of = found.values_list("pk", "audit__use_case__number")
    return {str(pk): f"Condition of {UseCase.reference_of(n)}" for pk, n in of}


def _asks(ids: set[str]) -> dict[str, str]:
    found = AnswerRequest.objects.filter(pk__in=_uuids(ids))
    of = found.values_list("pk", "audit__use_case__number")
    return {str(pk): f"Request about {UseCase.reference_of(n)}" for pk, n in of}


def _report(report: Report) -> str:
    return f"{report.get_kind_display()} of {report.audit.use_case.reference}"


def _numbers(ids: set[str]) -> list[int]:
    return [int(each) for each in ids if each.isdecimal()]


def _uuids(ids: set[str]) -> list[UUID]:
    found = []
    for each in ids:
        try:
            found.append(UUID(each))
        except ValueError:
            continue
    return found
