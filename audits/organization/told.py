"""What a line of the record says, in the words that the pages use."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from audits.frameworks.loading import loader
from audits.frameworks.rules import Verdict
from audits.models import (
    Event,
    Membership,
    Override,
    Role,
    SecondOpinion,
    SignOnProvider,
    Team,
    User,
)
from audits.models.sign_offs.second_opinions import Counted
from audits.organization.codes import in_plain_words, is_code
from audits.organization.subjects import OWN_NAMES
from audits.templatetags.moments import written_out

type Details = list[tuple[str, str]]

_VERBS: Mapping[str, str] = {
    "audit.second_opinion": "Second opinion given",
    "audit.overridden": "Verdict overridden",
    "audit.override_ended": "Override taken back",
    "domain.added": "Mail domain added",
    "domain.proved": "Mail domain proved",
    "domain.removed": "Mail domain removed",
    "group.mapped": "Role given to a group",
    "group.provisioned": "Group added by the provider",
    "group.unmapped": "Role taken from a group",
    "group.unprovisioned": "Group removed by the provider",
    "membership.added": "Member added",
    "membership.changed": "Role changed",
    "membership.ended": "Member deactivated",
    "membership.removed": "Member removed",
    "membership.team_role": "Role for a team given",
    "membership.resumed": "Member let in again",
    "organization.answerers_may_sign": "Sign-off rules changed",
    "organization.changed": "Settings changed",
    "organization.factor_not_required": "Second factor no longer required",
    "organization.factor_required": "Second factor required",
    "organization.closed": "Organization closed",
    "organization.reopened": "Organization opened again",
    "organization.exported": "Organization exported",
    "organization.imported": "Organization imported",
    "organization.retention": "What is kept changed",
    "organization.second_opinion": "Sign-off rules changed",
    "organization.region": "Time zone and numbers changed",
    "organization.sign_on_as_factor_not_required": "Single sign-on is one factor",
    "organization.sign_on_as_factor_required": "Single sign-on is two factors",
    "organization.sign_on_not_required": "Single sign-on no longer required",
    "organization.sign_on_required": "Single sign-on required",
    "person.activated": "Account opened again",
    "person.changed": "Account changed",
    "person.deactivated": "Account closed",
    "person.factor_added": "Second factor added",
    "person.factor_made": "Recovery codes made",
    "person.factor_removed": "Second factor removed",
    "person.erased": "Person erased",
    "person.exported": "Own data exported",
    "share.ended": "Sharing ended",
    "share.given": "Paper or pack shared with a board reader",
    "share.link_made": "Paper or pack shared by a link",
    "share.opened": "Shared paper or pack opened",
    "share.refused": "Wrong passphrase of a link",
    "person.linked": "Known to the provider",
    "person.provisioned": "Added by the provider",
    "person.readdressed": "Address changed by the provider",
    "person.unprovisioned": "Removed by the provider",
    "provider.added": "Identity provider added",
    "provider.changed": "Identity provider changed",
    "provider.refused": "Identity provider could not be saved",
    "provider.removed": "Identity provider removed",
    "person.sign_in_failed": "Sign-in failed",
    "record.sign_ins_removed": "Removed from the record who signed in",
    "team.founded": "Team added",
    "team.restored": "Team brought back",
    "token.made": "Token for the provider made",
    "token.revoked": "Token of the provider revoked",
}
# Who has a link, or guesses a password, is nobody that Attune knows.
_BY_UNKNOWN = ("share.opened", "share.refused", "person.sign_in_failed")
_FACTORS: Mapping[str, str] = {
    "app": "authenticator app",
    "passkey": "passkey",
    "codes": "recovery codes",
}
_ROLES: Mapping[str, str] = {role.value: role.label for role in Role}
_ROLE_OF: Mapping[str, str] = {"before": "role before", "after": "role now"}
_GIVEN: Mapping[str, str] = {"before": "from", "after": "to"}
# The details that name a person by their number.
_PEOPLE = ("heir", "reader", "of", "added_by", "owner")
_FIRST = ("changed", "before", "after", "into")
_VERDICTS: Mapping[str, str] = {"verdict": "verdict", "computed": "computed verdict"}
_OF_OPINION: Mapping[str, str] = {
    "asked": "questions asked",
    "alike": "answers alike",
    "answers": "answers",
    "knew": "had read before",
}
_OF_PROVIDER: Mapping[str, str] = {"kind": "kind", "role": "role without a group"}
_FIELDS: Mapping[str, str] = {
    "client_id": "client ID",
    "default_role": "role without a group",
    "groups_claim": "name of the groups",
    "kind": "kind",
    "issuer": "issuer",
    "metadata": "metadata",
    "secret": "client secret",
}
# What is in another column, or an id that is in the file alone.
_SAID_ELSEWHERE = (("share", "what"), ("share", "reader"), ("audit", "override"))
_LONG = 80


def what_happened(verb: str, details: Mapping[str, Any] | None = None) -> str:
    """Return an event in words; `details` are those of its line.

    >>> what_happened("membership.team_role", {"before": "reviewer"})
    'Role for a team taken'
    >>> what_happened("team.founded"), what_happened("person.signed_in")
    ('Team added', 'Signed in')
    >>> what_happened("use_case.registered")
    'Use case registered'
    """
    kind, _, action = verb.partition(".")
    if verb == "membership.team_role" and details and not details.get("after"):
        return "Role for a team taken"
    said = action if kind == "person" else f"{kind} {action}"
    return _VERBS.get(verb) or said.replace("_", " ").capitalize()


def who_did(verb: str) -> str:
    """Return who did what no person is named for: Attune, or somebody unknown.

    >>> who_did("share.opened"), who_did("audit.review_due")
    ('Not known', 'Attune')
    """
    return "Not known" if verb in _BY_UNKNOWN else "Attune"


def details_of(events: Iterable[Event]) -> Mapping[int | None, Details]:
    """Return the details of each line by its key, with names in place of numbers.

    Note: this asks one query for people, one for teams and one for overrides, if lines
    name them so.
    """
    lines = _with_reasons([_complete(line) for line in events])
    people = _people({pk for line in lines for pk in _people_in(line)})
    teams = _teams({t for line in lines if (t := _into(line)) is not None})
    return {line.pk: [*_told(line, people, teams)] for line in lines}


def _told(
    event: Event, people: Mapping[int, str], teams: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    if names := _names(event):
        # Not the number of a team that may be gone by now.
        yield ("into" if event.verb == "team.merged" else "name before"), names[0]
    for name, value in _worth_saying(event):
        if name == "got":
            yield "handed over to", "; ".join(_got(each, people) for each in value)
            continue
        label, said = _in_words(event, name, value, people)
        if event.verb == "team.merged" and name == "into":
            if names:
                continue
            said = teams.get(said, said)
        is_long = len(said) > _LONG and name != "reason"
        yield label, f"{said[:_LONG]}…" if is_long else said


def _complete(event: Event) -> Event:
    """Return a line with both roles for a team, also where one was none.

    What a second opinion counts is one detail. Closing an organization ends no
    administrator, so its number is of the others.
    """
    details = event.details
    if event.verb == "membership.team_role":
        event.details = {"before": "", "after": "", **details}
    if event.verb in ("organization.closed", "organization.reopened"):
        names = {"members": "members_besides_administrators"}
        event.details = {names.get(name, name): x for name, x in details.items()}
    if event.verb == "audit.second_opinion" and "not_known" in details:
        counts = {name: details[name] for name in ("alike", "differ", "not_known")}
        rest = {name: x for name, x in details.items() if name not in counts}
        event.details = {**rest, "answers": Counted(**counts).said}
    return event


def _worth_saying(event: Event) -> Iterator[tuple[str, Any]]:
    """Yield details in an order of ours, but for what is said elsewhere and for codes.

    A database may give them in another order than they were stored in.
    """
    kind = event.verb.partition(".")[0]
    for name in sorted(event.details, key=_place):
        value = event.details[name]
        if name == "changed" and isinstance(value, list):
            # What has a detail of its own is not said twice.
            value = [each for each in value if each not in event.details]
        elsewhere = (kind, name) in _SAID_ELSEWHERE or name == OWN_NAMES.get(kind)
        if not (elsewhere or name == "names" or value == [] or is_code(value)):
            yield name, value


def _with_reasons(lines: list[Event]) -> list[Event]:
    """Return lines with the the reasons of overrides, which the record itself lacks."""
    given = (each.details.get("override") for each in lines)
    signed = {each for each in given if is_code(each)}
    if signed:
        words = dict(Override.objects.filter(pk__in=signed).values_list("pk", "words"))
        reasons = {str(pk): said for pk, said in words.items()}
        for each in lines:
            if said := reasons.get(each.details.get("override", "")):
                each.details = {**each.details, "reason": said}
    return lines


def _place(name: str) -> tuple[int, int]:
    known = _FIRST.index(name) if name in _FIRST else len(_FIRST)
    return known, len(name)


def _names(event: Event) -> list[str]:
    """Return what a line of a team says beside its own name."""
    names: list[str] = event.details.get("names", [])
    if event.verb == "team.merged":
        return names[1:]
    return names[:1] if event.verb == "team.renamed" else []


def _in_words(
    event: Event, name: str, value: Any, people: Mapping[int, str]
) -> tuple[str, str]:
    kind, label = event.verb.partition(".")[0], name.replace("_", " ")
    if event.verb == "membership.team_role" and name == "team":
        return label, str(value)
    if (
        kind in ("membership", "invitation", "group")
        and name != "how"
        and isinstance(value, str)
    ):
        both = {"before", "after"} <= event.details.keys()
        label = _ROLE_OF.get(name, label) if both else "role"
        return label, _ROLES.get(value, value) or "none"
    if found := _of_kind(event.verb, name, value):
        return found
    if kind == "person" and name == "kind":
        return label, _FACTORS.get(str(value), str(value))
    if event.verb.endswith(".handed_over") and name in _GIVEN:
        return _GIVEN[name], people.get(value, str(value))
    if name in _PEOPLE:
        label = "handed over to" if name == "heir" else label
        return label, _by_name(value, people)
    return label, _plain(value)


def _of_kind(verb: str, name: str, value: Any) -> tuple[str, str] | None:
    """Return what some kinds of lines say in words of their own."""
    if name == "opened":
        return "links and files that they say to have opened", _plain(value)
    if name in _VERDICTS and isinstance(value, str):
        words = loader.current().verdicts.get(cast("Verdict", value))
        return _VERDICTS[name], words.name if words else value
    if verb == "audit.second_opinion":
        knew = SecondOpinion.Knew
        said = knew(value).label if value in knew.values else _plain(value)
        return _OF_OPINION.get(name, name), said
    if verb.startswith("provider."):
        if name == "fields":
            return "changed", ", ".join(_FIELDS.get(each, each) for each in value)
        if name in ("kind", "role"):
            kinds = dict(SignOnProvider.Kind.choices)
            named = kinds if name == "kind" else _ROLES
            return _OF_PROVIDER[name], str(named.get(value, value or "none"))
    if name in ("until", "expires_at") and isinstance(value, str):
        return "until", written_out(value)
    return in_plain_words(name, value)


def _got(given: Mapping[str, int], people: Mapping[int, str]) -> str:
    """Return who got how many of what.

    >>> _got({"person": 3, "use_cases": 2, "requests": 1}, {3: "Omar"})
    'Omar (2 use cases, 1 request)'
    """
    counted = [
        f"{number:,} {what.replace('_', ' ').removesuffix('s' * (number == 1))}"
        for what, number in given.items()
        if what != "person"
    ]
    person = given["person"]
    return f"{people.get(person, str(person))} ({', '.join(counted)})"


def _by_name(value: Any, people: Mapping[int, str]) -> str:
    if isinstance(value, list):
        return " → ".join(_by_name(each, people) for each in value)
    return people.get(value, "nobody" if value is None else str(value))


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value).replace("_", " ")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _people_in(event: Event) -> Iterator[int]:
    names = [*_PEOPLE, *(_GIVEN if event.verb.endswith(".handed_over") else ())]
    yield from (each["person"] for each in event.details.get("got", ()))
    for name in names:
        value = event.details.get(name)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, int):
                yield each


def _into(event: Event) -> str | None:
    """Return the number of the team that stayed, in a line that has no name of it."""
    if event.verb != "team.merged" or "names" in event.details:
        return None
    return str(event.details.get("into", ""))


def _people(pks: set[int]) -> Mapping[int, str]:
    """Return names of people who are or were members."""
    if not pks:
        return {}
    people = User.objects.filter(pk__in=Membership.ever.values("user"))
    return {person.pk: str(person) for person in people.filter(pk__in=pks)}


def _teams(pks: set[str]) -> Mapping[str, str]:
    numbers = [int(pk) for pk in pks if pk.isdecimal()]
    found = Team.objects.filter(pk__in=numbers) if numbers else []
    return {str(team.pk): team.name for team in found}
