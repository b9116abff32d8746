"""Lets a provider in by its token, to the directory of its organization alone."""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django_scopes import scope

from audits.access.directory import token_that_opens
from audits.identity.scim.filters import NoFilter, equalities
from audits.identity.scim.patching import NotPatched
from audits.identity.scim.schemas import MOST_RESULTS
from audits.json_depth import is_deeper
from audits.limits import PROVISIONING, mark_as_refused
from audits.scim.answers import Unanswerable, refused
from audits.services.single_sign_on.directory_people import Refused
from audits.services.single_sign_on.tokens import note_use

_MOST_DEEP = 10
_USUAL_COUNT = 100
_STATUS = {"uniqueness": HTTPStatus.CONFLICT}

type View = Callable[..., HttpResponse]


def by_token(view: View) -> View:
    """Open a view to who has a token of the organization in its address.

    No cookie counts, so no page of another site can send anything. A write is done
    whole or not at all.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(
        request: HttpRequest, directory_id: UUID, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        try:
            kind, _, token = request.headers.get("Authorization", "").partition(" ")
            found = token_that_opens(token.strip(), directory_id)
            if kind.lower() != "bearer" or found is None:
                message = "This token opens nothing here."
                raise Unanswerable(message, status=HTTPStatus.UNAUTHORIZED)
            if refusal := PROVISIONING.refusal(found.pk):
                status = HTTPStatus.TOO_MANY_REQUESTS
                error = Unanswerable(refusal.sentence, status=status)
                return mark_as_refused(refused(error), refusal)
            with scope(organization=found.organization), transaction.atomic():
                note_use(found)
                return view(request, found.organization, *args, **kwargs)
        except Unanswerable as error:
            return refused(error)
        except Refused as error:
            status = _STATUS.get(error.kind, HTTPStatus.BAD_REQUEST)
            return refused(Unanswerable(str(error), error.kind, status))
        except NotPatched as error:
            message = "The change cannot be applied."
            return refused(Unanswerable(message, error.scim_type))

    return guarded


def allowed(request: HttpRequest, *methods: str) -> None:
    """Refuse any other method.

    Raises:
        Unanswerable: It is another one.
    """
    if request.method not in methods:
        message = f"Use {', '.join(methods)}."
        raise Unanswerable(message, status=HTTPStatus.METHOD_NOT_ALLOWED)


def sent(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object that was sent.

    Raises:
        Unanswerable: It is something else.
    """
    message = "The body is not a JSON object."
    try:
        text = request.body.decode()
        document = None if is_deeper(text, _MOST_DEEP) else json.loads(text)
    except ValueError as error:
        raise Unanswerable(message, "invalidSyntax") from error
    if not isinstance(document, dict) or "\\u0000" in text:
        raise Unanswerable(message, "invalidSyntax")
    return document


def filter_of(request: HttpRequest, *names: str) -> dict[str, str]:
    """Return what a list has to equal, for the attributes that can be asked for.

    Raises:
        Unanswerable: The filter asks for something else.
    """
    given = request.GET.get("filter", "")
    if not given:
        return {}
    try:
        found = equalities(given)
    except NoFilter:
        found = {"": ""}
    if not found.keys() <= {*names}:
        message = "This filter is not supported. Use an attribute, eq and a value."
        raise Unanswerable(message, "invalidFilter")
    return found


def page_of(request: HttpRequest) -> tuple[int, int]:
    """Return the number of the first result that is wanted, and how many are.

    Raises:
        Unanswerable: One of them is not a number.
    """
    try:
        start = int(request.GET.get("startIndex") or 1)
        count = int(request.GET.get("count") or _USUAL_COUNT)
        is_none = request.GET.get("count") == "0"
    except ValueError as error:
        message = "startIndex and count are whole numbers."
        raise Unanswerable(message, "invalidValue") from error
    wanted = 0 if is_none else max(0, min(count, MOST_RESULTS))
    return max(1, min(start, 1_000_000_000)), wanted
