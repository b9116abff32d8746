"""One route, and what each actor gets from it."""

from dataclasses import dataclass
from typing import Any

from audits.models import Role
from tests.casting import Tenant

# Who is asked, and why just these: docs/decisions/0170.
OUTSIDE = ("anonymous", "program", "unassigned", "ended", "operator", "stranger")
ACTORS = (*OUTSIDE, *Role)
SIGN_IN = "sign in"
# Asked again who they are, before a form of theirs is sent.
CONFIRM = "/sign-in/confirm/?next=/"
CONFIRM_HELD = f"{CONFIRM}sign-in/send/"


@dataclass(frozen=True)
class Row:
    """What each actor gets, in the order of ACTORS; a number or SIGN_IN."""

    method: str
    url: tuple[str, dict[str, str]]
    outcomes: tuple[int | str, ...]


def row(
    method: str,
    name: str,
    *outcomes: int | str,
    reader: int | str | None = None,
    program: int | str | None = None,
    ended: int | str | None = None,
    operator: int | str | None = None,
    **kwargs: str,
) -> Row:
    """Return a row, of which `docs/permissions.md` has every outcome written out.

    Without `reader`, a board reader gets 403, and 404 of an id. What asks for no
    membership gives a board reader what it gives a viewer. Without the others, a
    program gets what a visitor does, and who belongs to no organization any more, or
    looks after them all, what somebody does who never belonged to one.
    """
    anonymous, unassigned, stranger, *members = outcomes
    if reader is None:
        reader = (404 if kwargs else 403) if unassigned == 403 else members[0]
    outside = (
        anonymous,
        anonymous if program is None else program,
        unassigned,
        unassigned if ended is None else ended,
        unassigned if operator is None else operator,
        stranger,
    )
    found = (*outside, reader, *members)
    assert len(found) == len(ACTORS), name
    return Row(method, (name, kwargs), found)


def ids_in(tenant: Tenant, kwargs: dict[str, str]) -> dict[str, str]:
    """Put a tenant's ids in place of the names that the rows give them."""
    names: dict[str, Any] = {
        "draft": tenant.draft.pk,
        "submitted": tenant.submitted.pk,
        "pack": tenant.pack.pk,
        "report": tenant.report.pk,
        "version": tenant.set_aside.public_id,
        "evidence": tenant.evidence.pk,
        "comment": tenant.comment.public_id,
        "ask": tenant.ask.pk,
        "team": tenant.team.public_id,
        "view": tenant.view.public_id,
        "feed": tenant.feed.public_id,
        "rescore": tenant.rescore.pk,
        "import": tenant.inventory.pk,
        "change": tenant.change.pk,
        "results": tenant.results.pk,
        "usage": tenant.usage.pk,
        "person": tenant.contributor.public_id,
        "invitation": tenant.invitation.public_id,
        "share": tenant.share.public_id,
        "directory": tenant.organization.pk,
    }
    return {key: names.get(value, value) for key, value in kwargs.items()}
