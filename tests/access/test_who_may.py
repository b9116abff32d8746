"""Who is let in, and whose a form is: each condition alone, without a database.

`python -m tests.mutation.access` takes away each of them.
"""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.test import RequestFactory
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from audits.access.members import (
    for_closed,
    for_readers,
    members_only,
    require_administrator,
    require_contributor,
    require_registering,
    require_reviewer,
    signed_in_only,
)
from audits.access.opened_pages import (
    is_of_another,
    is_of_organization,
    is_own,
    ticket_of,
)
from audits.access.sent_forms import PAGE_OF
from audits.access.several import refuse_form_of_another, vouches_in, works_here_alone
from audits.models import (
    Audit,
    Membership,
    Organization,
    Outcome,
    Report,
    Role,
    User,
)
from audits.results.views import _since_sign_off
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.values import value_of
from audits.services.reviews.lineage import Lineage
from audits.services.reviews.reviews import may_be_reviewed
from audits.services.reviews.separation import Separation
from audits.verify.newer import may_see, newer_verdict

HERE, THERE = UUID(int=1), UUID(int=2)
NOW = datetime(2026, 11, 30, tzinfo=UTC)
ME, OTHER = User(pk=7, public_id=UUID(int=7)), User(pk=8, public_id=UUID(int=8))
BY_PASSWORD = {"method": "password"}
BY_OURS = {"method": "provider", "organization": str(HERE)}
BY_THEIRS = {"method": "provider", "organization": str(THERE)}
HTML = {"Accept": "text/html"}
SIGN_ON: dict[str, Any] = {"requires_single_sign_on": True}
FACTOR: dict[str, Any] = {"requires_second_factor": True}
COUNTS = FACTOR | {"sign_on_has_factor": True}
CLOSED: dict[str, Any] = {"closed_at": "2026-11-30"}


def member_of(
    organization: UUID = HERE, role: Role = Role.VIEWER, **more: Any
) -> Membership:
    found = Membership(user=ME, organization=Organization(pk=organization, **more))
    found.role = role
    return found


def page(request: HttpRequest, **ids: object) -> HttpResponse:
    return HttpResponse("in")


@for_readers
def shared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


@for_closed
def data(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


def asked(
    member: Membership | None, *proofs: dict[str, str], **headers: str
) -> HttpRequest:
    request = RequestFactory().get("/", headers=headers)
    request.user = ME if member else AnonymousUser()
    request.session = {  # type: ignore[assignment]
        "account_authentication_methods": [*proofs],
        "account_authentication_methods_user": "7",
    }
    vars(request)["membership"] = member
    vars(request)["htmx"] = HtmxDetails(request)
    return request


def told(request: HttpRequest, view: Any = page) -> str:
    """Return what a member gets: what is on the page, or where another one is."""
    try:
        answer = members_only(view)(request)
    except PermissionDenied:
        return "refused"
    assert isinstance(answer, HttpResponse)
    return answer.get("Location") or answer.content.decode()


@pytest.mark.parametrize(
    ("rules", "proofs", "gets"),
    [
        ({}, (), "in"),
        ({}, (BY_PASSWORD,), "in"),
        ({}, (BY_OURS,), "in"),
        ({}, (BY_THEIRS,), "refused"),
        ({}, (BY_THEIRS, BY_PASSWORD), "in"),
        ({}, (BY_THEIRS, BY_OURS), "in"),
        (SIGN_ON, (BY_PASSWORD,), "sign_on_first"),
        (SIGN_ON, (BY_OURS | BY_PASSWORD,), "sign_on_first"),
        (SIGN_ON, (BY_THEIRS, BY_PASSWORD), "sign_on_first"),
        (SIGN_ON, (BY_PASSWORD, BY_OURS), "in"),
        (FACTOR, (BY_PASSWORD,), "second_factor_first"),
        (FACTOR, (BY_OURS,), "second_factor_first"),
        (COUNTS, (BY_PASSWORD,), "second_factor_first"),
        (COUNTS, (BY_OURS,), "in"),
        (CLOSED, (BY_PASSWORD,), "close_organization"),
    ],
)
def test_member_is_let_in_by_what_they_proved(
    rules: dict[str, Any], proofs: tuple[dict[str, str], ...], gets: str
) -> None:
    found = told(asked(member_of(**rules), *proofs, **HTML))

    assert found == (gets if gets in ("in", "refused") else reverse(gets))


def test_member_is_let_in_with_a_factor_while_closed_and_as_a_reader() -> None:
    member = member_of(**FACTOR)
    vars(member)["has_factor"] = True
    reader = member_of(role=Role.BOARD)
    closed = member_of(**CLOSED)

    assert told(asked(member, BY_PASSWORD)) == "in"
    assert told(asked(closed, BY_PASSWORD), data) == "in"
    assert told(asked(reader)) == "refused"
    with pytest.raises(Http404):
        members_only(page)(asked(reader), audit_id=HERE)
    assert told(asked(reader), shared) == "in"


def test_what_comes_first_is_told_to_a_page_a_part_of_it_and_a_program() -> None:
    member, first = member_of(**FACTOR), reverse("second_factor_first")

    part = members_only(page)(asked(member, **{"HX-Request": "true"}))
    program = members_only(page)(asked(member))

    assert (part["HX-Redirect"], program.status_code) == (first, 403)
    assert program["Content-Type"] == "text/plain"


def test_sign_in_leads_back_to_the_page_that_asked() -> None:
    sign_in = reverse("account_login")
    htmx = {"HX-Request": "true"}
    here = {"HX-Current-URL": "https://here.example/audits/?page=2"}

    whole = signed_in_only(page)(asked(None))
    parts = [signed_in_only(page)(asked(None, **htmx | x)) for x in ({}, here)]

    assert whole["Location"] == f"{sign_in}?next=/"
    assert [part["HX-Redirect"] for part in parts] == [
        f"{sign_in}?next=/",
        f"{sign_in}?next=/audits/",
    ]


def sent(*tickets: str) -> QueryDict:
    found = QueryDict(mutable=True)
    found.setlist(PAGE_OF, [*tickets])
    return found


def test_form_is_of_whom_each_of_its_tickets_names() -> None:
    alone, member = ticket_of(ME), member_of()
    member.others = [member_of(THERE)]
    mine, theirs, forged = ticket_of(ME, member), ticket_of(OTHER), "7:forged"

    assert ticket_of(ME, member_of()).partition(":")[0] == str(ME.public_id)
    assert mine.partition(":")[0] == f"{ME.public_id}/{HERE}"
    forms = ((), (alone,), (mine,), (theirs,), (mine, theirs), (forged,))
    read = [sent(*tickets) for tickets in forms]
    assert [is_of_another(x, ME) for x in read] == [False] * 3 + [True] * 3
    assert [is_own(x, ME) for x in (QueryDict(), *read[1:])] == [
        *(False, True, True),
        *(False, False, False),
    ]
    assert [is_of_organization(sent(alone, x), HERE) for x in (alone, mine)] == [
        True,
        True,
    ]
    assert not is_of_organization(sent(mine), THERE)


def test_form_of_another_own_organization_is_refused_to_who_has_several() -> None:
    member = member_of()
    elsewhere = member_of(THERE)
    elsewhere.others = [member]
    ticket = {PAGE_OF: ticket_of(ME, elsewhere)}
    posted = RequestFactory().post("/", ticket)
    vars(posted)["htmx"] = HtmxDetails(posted)
    read = RequestFactory().get("/", ticket)

    assert refuse_form_of_another(posted, member) is None
    member.others = [elsewhere]
    refused = refuse_form_of_another(posted, member)

    assert refused is not None
    assert refused.status_code == 409
    assert refuse_form_of_another(posted, elsewhere) is None
    assert refuse_form_of_another(read, member) is None


def test_provider_and_directory_have_a_say_in_their_own_organization_alone() -> None:
    member, elsewhere = member_of(), member_of(THERE)
    assert [vouches_in(x, member) for x in (BY_OURS, BY_THEIRS, BY_PASSWORD)] == [
        *(True, False, False),
    ]

    assert works_here_alone(HERE, None)
    assert works_here_alone(HERE, member)
    assert not works_here_alone(THERE, member)
    member.others = [elsewhere]
    assert not works_here_alone(HERE, member)


def test_newer_verdict_is_told_to_who_sees_the_whole_organization() -> None:
    ours, theirs = Report(organization_id=HERE), Report(organization_id=THERE)
    viewer, reader = member_of(), member_of(role=Role.BOARD)

    assert newer_verdict(None) == ""
    assert may_see(viewer, ours)
    for member, report in (
        *((None, ours), (viewer, None)),
        *((reader, ours), (viewer, theirs)),
    ):
        assert not may_see(member, report)


def test_each_role_may_what_it_says_and_a_role_of_a_team_lets_register() -> None:
    rules = (require_contributor, require_registering, require_reviewer)
    lets_in = {rule: set[Role]() for rule in (*rules, require_administrator)}

    for rule, roles in lets_in.items():
        for role in Role:
            member = member_of(role=role)
            vars(member)["team_roles"] = {}
            with suppress(PermissionDenied):
                rule(member)
                roles.add(role)

    contributors = {Role.CONTRIBUTOR, Role.REVIEWER, Role.ADMIN}
    assert [*lets_in.values()] == [
        *(contributors, contributors, {Role.REVIEWER, Role.ADMIN}, {Role.ADMIN}),
    ]
    for role in Role:
        member = member_of(role=role)
        vars(member)["team_roles"] = {}
        assert member.may_register is (role in contributors)
        assert member.administers is (role == Role.ADMIN)
        assert member.sees_all is (role != Role.BOARD)
    member = member_of()
    vars(member)["team_roles"] = {5: "contributor"}
    require_registering(member)
    with pytest.raises(PermissionDenied):
        require_contributor(member)


def test_who_reviews_did_not_submit_what_waits_for_it() -> None:
    waits = Audit(submitted_by=OTHER, state=Audit.State.IN_REVIEW)
    mine = Audit(submitted_by=ME, state=Audit.State.IN_REVIEW)
    draft = Audit(submitted_by=OTHER, state=Audit.State.DRAFT)
    reviewer = member_of(role=Role.REVIEWER)

    assert may_be_reviewed(waits, reviewer)
    assert not may_be_reviewed(waits, member_of(role=Role.CONTRIBUTOR))
    assert not may_be_reviewed(mine, reviewer)
    assert not may_be_reviewed(draft, reviewer)


@pytest.mark.parametrize(
    ("own", "allowed", "signs"),
    [((), False, True), (("Goal",), False, False), (("Goal",), True, True)],
)
def test_who_answered_signs_only_where_that_is_allowed(
    own: tuple[str, ...], allowed: bool, signs: bool
) -> None:
    none: Any = {"others": (), "way_out": "", "aside": frozenset()}
    found = Separation(organization="Ours", own=own, allowed=allowed, **none)

    assert found.may_sign is signs


def test_result_leads_only_who_may_answer_to_newer_months_and_results() -> None:
    row = ScoredCandidate(id="c1", kind="prompt", cases=9, passed=8, sha256="f" * 64)
    audit = Audit(signed_off_at=NOW, candidates={"c1": {"value": value_of(row)}})
    Outcome(audit=audit)  # so that something is said to everybody
    vars(audit).update(has_checks=False, months_text="")
    alone: Any = dict.fromkeys(("review", "before", "after", "current"))
    lineage = Lineage(earlier_reviews=(), discarded=(), **alone)

    for role, is_led in ((Role.VIEWER, False), (Role.CONTRIBUTOR, True)):
        member = member_of(role=role)
        vars(member)["team_roles"] = {}
        said = _since_sign_off(audit, lineage, member)["since_sign_off"]
        assert (said.may_contribute, said.may_check) == (is_led, is_led)
