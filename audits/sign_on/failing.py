"""How often a browser may make us ask a provider in vain.

Each attempt can keep a worker waiting for seconds. What comes to an end is not counted,
so a company behind one network address signs in as often as it likes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from django.http import HttpRequest, HttpResponse

from audits.limits import Limit, Refusal, client_address, too_many
from audits.models import SignOnProvider
from audits.services.people.rate_limits import give_turn_back

type OfProvider = Callable[[HttpRequest, SignOnProvider], HttpResponse]

_FAILED = Limit(
    "SIGN_ONS_FAILED_PER_HOUR",
    "From one network address, {} sign-ins at one provider can fail an hour.",
)


class FailedTooOften(Exception):  # noqa: N818 - says what happened
    """From this address, too many attempts at a provider failed, or are under way."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal


@contextmanager
def counted_if_it_fails(
    request: HttpRequest, provider: SignOnProvider
) -> Iterator[None]:
    """Count what a provider is asked for, and take it back unless that fails.

    One that is down keeps nobody from another.

    Raises:
        FailedTooOften: The limit is reached; the provider is not asked.
    """
    who = f"{client_address(request)} {provider.pk}"
    if refusal := _FAILED.refusal(who):
        raise FailedTooOften(refusal)
    yield
    give_turn_back(what=_FAILED.setting, who=who)


def ends_after_failures(view: OfProvider) -> OfProvider:
    """Answer when to try again where too many attempts of an address failed."""

    @wraps(view)
    def limited(request: HttpRequest, provider: SignOnProvider) -> HttpResponse:
        try:
            return view(request, provider)
        except FailedTooOften as error:
            return too_many(request, error.refusal)

    return limited
