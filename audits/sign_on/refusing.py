"""Says why somebody who came from a provider is not let in."""

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from uuid import UUID

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from audits.access.directory import provider_of_organization
from audits.identity.asserted import NotProved
from audits.identity.outside import NotAsked
from audits.models import SignOnProvider
from audits.services.people.sign_in_limits import TooManyAttempts
from audits.services.single_sign_on.joining import NotLetIn
from audits.services.single_sign_on.providers import NoSecret
from audits.sign_on.arriving import AnotherPerson
from audits.sign_on.begun import BeginAgain, forget

logger = logging.getLogger(__name__)

type OfProvider = Callable[[HttpRequest, SignOnProvider], HttpResponse]

_STATUS = {
    "unreachable": HTTPStatus.BAD_GATEWAY,
    "begin again": HTTPStatus.BAD_REQUEST,
    "not proved": HTTPStatus.BAD_REQUEST,
}


def tells_why(view: OfProvider) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """Give a view the provider of its address, and say why it lets nobody in."""

    @wraps(view)
    def telling(request: HttpRequest, organization_id: UUID) -> HttpResponse:
        provider = provider_of_organization(organization_id)
        try:
            return view(request, provider)
        except BeginAgain as error:
            return _refused(request, provider, "begin again", error)
        except NotLetIn as error:
            return _refused(request, provider, error.why, error)
        except AnotherPerson as error:
            return _refused(request, provider, "signed in as another", error)
        except TooManyAttempts as error:
            return _refused(request, provider, str(error), error)
        except NotProved as error:
            return _refused(request, provider, "not proved", error)
        except (NotAsked, NoSecret) as error:
            return _refused(request, provider, "unreachable", error)

    return telling


def _refused(
    request: HttpRequest, provider: SignOnProvider, why: str, error: Exception
) -> HttpResponse:
    """Say it to the person; the log has what the provider did."""
    logger.warning(
        "single sign-on of organization %s refused: %s (%s)",
        provider.organization_id,
        why,
        error,
    )
    status = _STATUS.get(why, HTTPStatus.FORBIDDEN)
    response = page(request, "refused", {"why": why, "provider": provider}, status)
    if why != "begin again":  # an answer that somebody else sent ends no sign-in
        forget(response)
    return response


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, object],
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """Render a page that no cache keeps."""
    context["redirect_field_name"] = REDIRECT_FIELD_NAME
    response = render(request, f"sign_on/{template}.html", context, status=status)
    add_never_cache_headers(response)
    return response
