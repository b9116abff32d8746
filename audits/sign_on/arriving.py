"""Signs in who came from a provider, or notes that they showed again who they are."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from audits.confirming.fresh import let_go_if_ended, proved_by_provider
from audits.models import SignOnProvider, User
from audits.services.people.sign_in_limits import count_sign_in, require_few_sign_ins
from audits.sign_on.begun import Arrived, Begun


class AnotherPerson(Exception):  # noqa: N818 - what they are, not a fault
    """Somebody else is signed in with this browser."""


def arrive(
    request: HttpRequest, provider: SignOnProvider, person: User, begun: Begun | Arrived
) -> HttpResponse:
    """Sign a person in, and lead to the page that they wanted.

    Who has a second factor here is asked for it, unless the organization says that its
    provider asks for two.

    Raises:
        AnotherPerson: Somebody else is signed in.
        TooManyAttempts: They signed in very often in this hour.
    """
    organization = provider.organization
    page = begun.page or None
    if request.user.is_authenticated:
        let_go_if_ended(request)  # joining may have ended it
    if request.user.is_authenticated:
        if request.user.pk != person.pk:
            raise AnotherPerson
        request.session.cycle_key()
        proved_by_provider(request, person, organization, again=begun.again)
        return redirect(page or "use_cases")
    require_few_sign_ins(account=person.email)
    count_sign_in(account=person.email)
    proved_by_provider(request, person, organization, again=False)
    if organization.sign_on_has_factor:
        adapter = get_adapter()
        adapter.login(request, person)
        return redirect(page or adapter.get_login_redirect_url(request))
    login = Login(user=person, redirect_url=page)
    response: HttpResponse = perform_login(request, login)
    return response
