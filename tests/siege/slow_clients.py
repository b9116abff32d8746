"""Clients that send half a request and hold on."""

import socket
import time
from contextlib import suppress

from django.urls import reverse

from tests.siege.browser import Browser
from tests.siege.figures import Figures
from tests.siege.instance import Instance
from tests.siege.people import the_cast

_EACH, _SECONDS, _BOUND = 64, 20.0, 3.0
_HEAD = b"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n"
_HALVES = {"half a head": _HEAD, "half a body": _HEAD + b"\r\nlogin=a"}


def slow_clients(instance: Instance) -> Figures:
    """Hold 64 half-sent heads, then 64 half-sent bodies, and use the site meanwhile."""
    figures = Figures("slow_clients")
    for name, half in _HALVES.items():
        held = [_half_sent(instance.port, half) for _ in range(_EACH)]
        figures.tried += len(held)
        figures.notes[name] = {"slowest_page_s": _use_site(instance, figures)}
        for one in held:
            one.close()
    return figures


def _half_sent(port: int, half: bytes) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=5)
    client.sendall(half)
    return client


def _use_site(instance: Instance, figures: Figures) -> float:
    ours = Browser(instance.port, the_cast().ours.contributor)
    slowest, end = 0.0, time.monotonic() + _SECONDS
    while time.monotonic() < end:
        for path in (reverse("livez"), reverse("portfolio")):
            begun = time.monotonic()
            answer = ours.get(path)
            slowest = max(slowest, time.monotonic() - begun)
            figures.answered(f"GET {path}", answer.status, answer.body)
        with suppress(InterruptedError):
            time.sleep(0.5)
    if slowest > _BOUND:
        figures.unexpected += 1
        figures.tell(f"a page took {slowest:.1f} s beside half-sent requests")
    return round(slowest, 2)
