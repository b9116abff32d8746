"""What is answered to who is not let in: a page, a part of one, or another own page.

`python -m tests.mutation.access` takes away each condition of it.
"""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.test import RequestFactory
from django.urls import reverse
from django_htmx.middleware import HtmxDetails
from django_scopes import scope

from audits.access.members import sign_in_first
from audits.access.opened_pages import refuse_page_of_another, ticket_of
from audits.access.sent_forms import PAGE_OF
from audits.access.several import offer_switch, refuse_form_of_another
from audits.confirming.fresh import ask_to_confirm
from audits.models import Role
from tests.access.test_who_may import ME, OTHER, THERE, member_of
from tests.casting import Cast

HTMX = {"HX-Request": "true"}


def asked(method: str = "GET", form: Any = None, **headers: str) -> HttpRequest:
    request = RequestFactory().generic(method, "/", headers=headers)
    if form is not None:
        request = RequestFactory().post("/", form, headers=headers)
    request.user = AnonymousUser()
    request.session = {}  # type: ignore[assignment]
    vars(request)["htmx"] = HtmxDetails(request)
    return request


def page(request: HttpRequest, **ids: object) -> HttpResponse:
    """A page of the other organization."""
    if request.membership.organization_id != THERE:  # type: ignore[attr-defined]
        raise Http404
    return HttpResponse("in")


def refuses(request: HttpRequest, **ids: object) -> HttpResponse:
    raise PermissionDenied


def lacks(request: HttpRequest, **ids: object) -> HttpResponse:
    raise Http404


@pytest.mark.parametrize(
    ("request_of", "role", "view", "ids", "offers"),
    [
        (("GET", {}), Role.VIEWER, page, {"id": 1}, True),
        (("GET", {}), Role.VIEWER, refuses, {"id": 1}, True),
        (("GET", {}), Role.VIEWER, lacks, {"id": 1}, False),
        (("GET", {}), Role.BOARD, page, {"id": 1}, False),
        (("GET", {}), Role.VIEWER, page, {}, False),
        (("POST", {}), Role.VIEWER, page, {"id": 1}, False),
        (("GET", HTMX), Role.VIEWER, page, {"id": 1}, False),
    ],
)
def test_switch_is_offered_for_a_whole_page_that_the_other_own_role_sees(
    request_of: tuple[str, dict[str, str]],
    role: Role,
    view: Any,
    ids: dict[str, int],
    offers: bool,
) -> None:
    method, headers = request_of
    request, member = asked(method, **headers), member_of()
    member.others = [member_of(THERE, role)]
    request.user, vars(request)["membership"] = ME, member

    offered = offer_switch(request, view, (), ids, lambda _other: True)

    assert (offered is not None and offered.status_code == 409) is offers
    assert vars(request)["membership"] is member


def test_part_of_a_page_is_told_in_words_what_a_whole_one_shows() -> None:
    here, elsewhere = member_of(), member_of(THERE)
    here.others, elsewhere.others = [elsewhere], [here]
    form = {PAGE_OF: ticket_of(ME, elsewhere)}
    other = {PAGE_OF: ticket_of(OTHER)}

    def kinds(**headers: str) -> list[tuple[int, str]]:
        answers: list[Any] = [
            refuse_form_of_another(asked(form=form, **headers), here),
            refuse_page_of_another(asked(form=other, **headers), ME),
        ]
        return [(x.status_code, x["Content-Type"].partition(";")[0]) for x in answers]

    assert kinds(**HTMX) == [(409, "text/plain")] * 2
    assert kinds() == [(409, "text/html")] * 2


def test_who_is_signed_out_signs_in_and_loses_nothing_that_was_sent() -> None:
    """In place on a page that saves; a whole form goes along with the sign-in page."""
    sign_in = f"{reverse('account_login')}?next=/"
    file = {"file": SimpleUploadedFile("a.csv", b"1")}

    def told(**given: Any) -> tuple[int, str]:
        answer: HttpResponseBase = sign_in_first(asked(**given))
        return answer.status_code, answer.get("Location", "")

    assert told(method="POST", **HTMX)[0] == 401
    assert told(method="POST") == (302, sign_in)
    assert [told(form=x)[0] for x in ({"name": "x"}, file)] == [401, 401]


def test_form_that_cannot_be_held_leads_back_to_its_page_once_confirmed() -> None:
    confirm = reverse("account_reauthenticate")
    form = {"name": "x" * 200_000}
    came = {"Referer": "http://testserver/audits/"}

    whole = ask_to_confirm(asked(form=form, **came))
    part = ask_to_confirm(asked(form=form, **came, **HTMX))

    assert whole["Location"] == f"{confirm}?next=http%3A//testserver/audits/"
    assert part["HX-Redirect"] == whole["Location"]


@pytest.mark.once
def test_page_with_tickets_of_two_names_the_other_person(cast: Cast) -> None:
    me, colleague = (cast.ours.people[x] for x in (Role.VIEWER, Role.ADMIN))
    form = {PAGE_OF: [ticket_of(me), ticket_of(colleague)]}
    request = asked(form=form, **HTMX)
    request.user = me
    with scope(organization=cast.ours.organization):
        vars(request)["membership"] = me.memberships.get()

        said = refuse_page_of_another(request, me).content.decode()

    assert said.startswith(f"This page was opened by {colleague}.")
