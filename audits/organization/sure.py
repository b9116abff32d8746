"""What follows from a change of how members sign in, before it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse

from audits.access.directory import (
    domain_for_managing,
    group_for_managing,
    token_for_managing,
)
from audits.access.members import MemberRequest
from audits.models import DirectoryGroup, ProviderAccount, Role
from audits.organization.pages import show
from audits.services.single_sign_on.groups import outside_groups
from audits.services.single_sign_on.providers import provider_of

# The field of the button that says that somebody read it.
SURE = "sure"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a heading, what follows, and the button that does it.

    `instead` is what the link says that does not, and `otherwise` the name of its page.
    """

    heading: str
    follows: str
    button: str
    instead: str = "Keep it"
    otherwise: str = "single_sign_on"


def ask(request: MemberRequest, of: UUID | None) -> HttpResponse | None:
    """Return the page that asks whether somebody is sure; None if that is known.

    Raises:
        Http404: There is no such object in their organization.
    """
    does = request.POST.get("do", "")
    if does not in _ASKED or SURE in request.POST:
        return None
    fields = {"do": does, "of": str(of or "")}
    return ask_about(request, _ASKED[does](request, of), fields)


def ask_about(
    request: MemberRequest, asked: Question, fields: Mapping[str, str]
) -> HttpResponse:
    """Return the page that asks; its button sends the fields again, and `SURE`."""
    context = {"asked": asked, "fields": fields.items()}
    return show(request, "sure", "organization_sign_in", context)


def _of_token(request: MemberRequest, of: UUID | None) -> Question:
    found = token_for_managing(request.membership, of)
    day = f"{found.at.day} {found.at:%B %Y}"
    return Question(
        f"Revoke the token of {day}?",
        "The provider that uses it can add, change and end nobody any more. All members"
        " of now stay. A revoked token cannot be brought back.",
        "Revoke the token",
    )


def _of_domain(request: MemberRequest, of: UUID | None) -> Question:
    found = domain_for_managing(request.membership, of)
    return Question(
        f"Remove {found}?",
        f"Nobody with an address at {found} can come in by single sign-on any more, "
        "and the directory cannot change them. To add the domain again, you prove it "
        "again.",
        "Remove the domain",
    )


def _of_group(request: MemberRequest, of: UUID | None) -> Question:
    found = group_for_managing(request.membership, of)
    role, button = found.get_role_display(), "Take the role away"
    others = DirectoryGroup.objects.exclude(role="").exclude(pk=found.pk)
    if not others.exists():
        follows = (
            "No group gives a role then. Members keep the role that they have, and "
            "administrators give roles."
        )
    else:
        usual = outside_groups(provider_of(request.membership.organization))
        follows = (
            f"At their next sign-in, who has the role “{role}” by this group gets the "
            f"highest role of their other groups. Who is in no other group {usual}."
        )
    return Question(f"Take the role away from “{found}”?", follows, button)


def of_mapping(request: MemberRequest, name: str, role: str) -> Question | None:
    """Return what to ask before a group gives a role; None if all can go on as they do.

    That is where a provider is saved, and a group gives the role of administrator.
    """
    others = DirectoryGroup.objects.filter(role=Role.ADMIN).exclude(name=name)
    provider, told = provider_of(request.membership.organization), []
    if provider is None:
        told.append(
            "No provider is saved yet, so no group gives anybody a role so far."
        )
    if role != Role.ADMIN and not others.exists():
        usual = outside_groups(provider)
        told.append(
            "No group makes an administrator. At their next sign-in by the provider, "
            "administrators get the highest role of their groups, you too. Who is in "
            f"no group with a role {usual}. The last administrator stays."
        )
    if not told:
        return None
    given = Role(role).label
    follows, button = " ".join(told), "Save the role"
    return Question(
        f"Give “{name}” the role “{given}”?", follows, button, "Do not save it"
    )


def _of_provider(request: MemberRequest, _: UUID | None) -> Question:
    number = ProviderAccount.objects.exclude(subject="").count()
    people = "1 person" if number == 1 else f"{number:,} people"
    return Question(
        "Remove the provider?",
        f"Nobody can come in by single sign-on any more. {people} came in by it so "
        "far: they sign in with a password, and ask for one by email if they have "
        "none. Domains, groups and roles stay.",
        "Remove the provider",
    )


_ASKED: dict[str, Callable[[MemberRequest, UUID | None], Question]] = {
    "remove provider": _of_provider,
    "remove domain": _of_domain,
    "unmap": _of_group,
    "revoke": _of_token,
}
