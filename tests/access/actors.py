"""The browsers of the eleven actors of the table of permissions."""

from django.test import Client
from django.utils import timezone
from django_scopes import scope

from audits.models import Role, User
from tests.casting import Cast
from tests.sign_on.directories import directory_of
from tests.signed_in import sign_in


def let_be(client: Client, cast: Cast, actor: str) -> None:
    """Let a browser be that of an actor, with nothing that it was sent before."""
    client.cookies.clear()
    if actor == "program":
        if "HTTP_AUTHORIZATION" not in client.defaults:
            token = directory_of(cast.ours.organization).token
            client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    elif actor != "anonymous":
        sign_in(client, _user(cast, actor))


def _user(cast: Cast, actor: str) -> User:
    """Return the person; one who left is signed in still, as is an operator."""
    match actor:
        case "ended":
            person = cast.ours.people[Role.VIEWER]
            with scope(organization=cast.ours.organization):
                person.memberships.update(ended_at=timezone.now())
            return person
        case "operator":
            everybody = User.objects.filter(pk=cast.unassigned.pk)
            everybody.update(is_staff=True, is_superuser=True)
            return cast.unassigned
        case "unassigned":
            return cast.unassigned
        case "stranger":
            return cast.theirs.people[Role.ADMIN]
    return cast.ours.people[Role(actor)]
