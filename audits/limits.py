"""Limits on requests of a person or an address, and the answer above them."""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from audits.access.sent_forms import back_to
from audits.services.people.rate_limits import (
    DAY,
    HOUR,
    in_words,
    key_of,
    seconds_of,
    take_turn,
)

# A household or a company has at least this range of IPv6 addresses.
_IPV6_PREFIX = 64
_SOON = timedelta(minutes=1)

type View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why Attune refuses something now, in words for people, and when to try again."""

    sentence: str
    wait: timedelta = _SOON


@dataclass(frozen=True, slots=True)
class Limit:
    """How often something may be done in a period: a setting, and how it is said."""

    setting: str
    said: str
    every: timedelta = HOUR

    def refusal(self, who: object) -> Refusal | None:
        """Count one more of a person or of what else is limited; None if it may be."""
        most: int = getattr(settings, self.setting)
        wait = take_turn(what=self.setting, who=str(who), most=most, every=self.every)
        return None if wait is None else self.refused(wait)

    def refused(self, wait: timedelta) -> Refusal:
        """Say that the limit is reached, and for how long."""
        most: int = getattr(settings, self.setting)
        sentence = f"{self.said.format(most)} Try again in {in_words(wait)}."
        return Refusal(sentence=sentence, wait=wait)


class OwnLimit(Limit):
    """A limit that each server process counts by itself, so that no save waits."""

    def refusal(self, who: object) -> Refusal | None:
        """Count one more, as the others do; periods begin with the clock."""
        now, lasts = timezone.now().timestamp(), self.every.total_seconds()
        period = now // lasts
        key = key_of(f"{self.setting} {period}", str(who))
        cache.add(key, 0, lasts)
        try:
            count = cache.incr(key)
        except ValueError:  # the cache was full, and made room
            return None
        most: int = getattr(settings, self.setting)
        if count <= most:
            return None
        return self.refused(timedelta(seconds=(period + 1) * lasts - now))


SAVES = OwnLimit("SAVES_PER_HOUR", "You can save {} times an hour.")
EXPORTS = Limit("EXPORTS_PER_HOUR", "You can export {} files an hour.")
DOWNLOADS = Limit("DOWNLOADS_PER_HOUR", "You can download {} files an hour.")
PACKS = Limit("PACKS_PER_HOUR", "You can ask for {} board packs an hour.")
PACKS_A_DAY = Limit("PACKS_PER_DAY", "You can ask for {} board packs a day.", DAY)
ORGANIZATION_PACKS = Limit(
    "ORGANIZATION_PACKS_PER_DAY",
    "Your organization can ask for {} board packs a day.",
    DAY,
)
PAPERS = Limit(
    "PAPERS_PER_HOUR", "You can ask for {} board papers and annexes an hour."
)
PAPERS_A_DAY = Limit(
    "PAPERS_PER_DAY", "You can ask for {} board papers and annexes a day.", DAY
)
ORGANIZATION_PAPERS = Limit(
    "ORGANIZATION_PAPERS_PER_DAY",
    "Your organization can ask for {} board papers and annexes a day.",
    DAY,
)
COVERS = Limit(
    "COVERS_PER_HOUR", "You can save page 1 of board papers {} times an hour."
)
STEPS = Limit(
    "STEPS_PER_HOUR",
    "You can submit, reopen, begin, move or discard audits {} times an hour.",
)
REQUESTS = Limit("ANSWER_REQUESTS_PER_HOUR", "You can ask colleagues {} times an hour.")
COMMENTS = Limit("COMMENTS_PER_HOUR", "You can add {} comments an hour.")
COMMENT_CHANGES = Limit(
    "COMMENT_CHANGES_PER_HOUR", "You can resolve or reopen {} comments an hour."
)
EVIDENCE = Limit(
    "EVIDENCE_PER_HOUR", "You can add {} links and files to answers an hour."
)
REGISTRATIONS = Limit(
    "USE_CASES_PER_HOUR",
    "You can register {} use cases an hour. To register many, import an inventory.",
)
IMPACTS = Limit(
    "IMPACTS_PER_HOUR", "You can try a framework on your audits {} times an hour."
)
IMPORTS = Limit(
    "IMPORTS_PER_HOUR", "You can read, check or import a file {} times an hour."
)
CHANGES = Limit(
    "BULK_CHANGES_PER_HOUR",
    "You can plan, make or undo changes of many use cases {} times an hour.",
)
RESCORES = Limit("RESCORES_PER_HOUR", "You can re-score a portfolio {} times an hour.")
TOKEN_COUNTS = Limit("TOKEN_COUNTS_PER_HOUR", "You can count tokens {} times an hour.")
INVITATIONS = Limit("INVITATIONS_PER_HOUR", "You can invite {} people an hour.")
SHARES = Limit("SHARES_PER_HOUR", "You can share papers and packs {} times an hour.")
PASSWORD_CHANGES = Limit(
    "PASSWORD_CHANGES_PER_HOUR", "You can try to change a password {} times an hour."
)
CALENDAR_CHANGES = Limit(
    "CALENDAR_CHANGES_PER_HOUR", "You can make or remove {} calendars an hour."
)
CALENDAR_READS = Limit(
    "CALENDAR_READS_PER_HOUR", "A calendar can be read {} times an hour."
)
CASES = OwnLimit(
    "CASE_CHANGES_PER_HOUR",
    "One network address can change published cases {} times an hour.",
)
PROVISIONING = Limit("PROVISIONING_PER_HOUR", "One token can be used {} times an hour.")
SIGN_ONS = Limit(
    "SIGN_ONS_PER_HOUR",
    "One network address can begin {} sign-ins by single sign-on an hour.",
)
VERIFICATIONS = Limit(
    "VERIFICATIONS_PER_HOUR",
    "One network address can verify {} papers an hour.",
)


def limited(limit: Limit) -> Callable[[View], View]:
    """Let a view be asked for by each person only so often; GET and POST both count."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(
            request: HttpRequest, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            if refusal := limit.refusal(request.user.pk):
                return too_many(request, refusal)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def too_many(request: HttpRequest, refusal: Refusal, back: str = "") -> HttpResponse:
    """Answer that the limit is reached: a page for a browser, a line for a program."""
    if "text/html" in request.headers.get("Accept", ""):
        context = {"refusal": refusal, "back": back or back_to(request)}
        response = render(request, "429.html", context)
    else:
        response = HttpResponse(f"{refusal.sentence}\n", content_type="text/plain")
    return mark_as_refused(response, refusal)


def mark_as_refused(response: HttpResponse, refusal: Refusal) -> HttpResponse:
    """Set the status of a refusal, and after how long to try again."""
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    response["Retry-After"] = str(seconds_of(refusal.wait))
    return response


def client_address(request: HttpRequest) -> str:
    """Return the network address of a request, as far as it can be trusted.

    Each of our own proxies adds the address that it sees at the right of
    X-Forwarded-For; anybody can have written the rest. IPv6 addresses are shortened to
    their network.
    """
    seen: str = request.META.get("REMOTE_ADDR", "")
    if count := settings.TRUSTED_PROXIES:
        added = request.headers.get("X-Forwarded-For", "").split(",")[-count:]
        return _network(added[0]) or _network(seen) or "unknown"
    return _network(seen) or "unknown"


def _network(text: str) -> str | None:
    text = text.strip()
    if text.startswith("["):  # with a port: [2001:db8::1]:443
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:  # 192.0.2.1:443
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), _IPV6_PREFIX), strict=False))
