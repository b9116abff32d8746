"""Limits the demo, which anybody can enter with one click, to this machine."""

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

_ALLOW = "Set ATTUNE_DEMO_PUBLIC=1 too if others may really enter it."
_OF_A_PROXY = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")


def is_loopback(host: str) -> bool:
    """Return whether a name or an address is only this machine.

    >>> [is_loopback(x) for x in ("127.0.0.9", "[::1]", "localhost", "10.0.0.1", "")]
    [True, True, True, False, False]
    """
    name = host.strip("[]").rstrip(".").casefold()
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def demo_stays_here(
    handle: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse requests that come from elsewhere, or by way of a proxy."""
    if not settings.DEMO or settings.DEMO_PUBLIC:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponse:
        host, _ = split_domain_port(request.META.get("HTTP_HOST", "localhost"))
        here = is_loopback(request.META.get("REMOTE_ADDR", "")) and is_loopback(host)
        if here and not any(name in request.headers for name in _OF_A_PROXY):
            return handle(request)
        said = f"This demo answers on its own machine only. {_ALLOW}\n"
        status = HTTPStatus.FORBIDDEN
        return HttpResponse(said, content_type="text/plain", status=status)

    return middleware


def refuse_public_sockets() -> None:
    """Refuse to serve the demo on an address that other machines reach.

    A server has opened its sockets before it loads Attune, as gunicorn's workers do.

    Raises:
        ImproperlyConfigured: It listens on more than this machine.
    """
    if not settings.DEMO or settings.DEMO_PUBLIC:
        return
    public = sorted({host for host in _listening() if not is_loopback(host)})
    if public:
        message = (
            f"ATTUNE_DEMO=1 opens a sign-in without passwords, and this server listens "
            f"on {', '.join(public)}. Bind it to 127.0.0.1. {_ALLOW}"
        )
        raise ImproperlyConfigured(message)


def _listening() -> Iterator[str]:
    """Yield the addresses on which this process listens, as Linux reports them."""
    folder = Path("/proc/self/fd")
    for entry in tuple(folder.iterdir()) if folder.exists() else ():
        try:
            with socket.socket(fileno=os.dup(int(entry.name))) as found:
                listens = found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
                if listens and found.family in (socket.AF_INET, socket.AF_INET6):
                    yield found.getsockname()[0]
        except OSError:
            continue  # no socket, or gone
