"""Clients that send half a request and hold on, or read their answer slowly."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from django.core.files.base import ContentFile
from django.templatetags.static import static
from django.urls import reverse
from django_scopes import scope

from audits.models import Role
from audits.services.answers.evidence import add_file
from tests.siege.browser import Browser
from tests.siege.figures import Figures
from tests.siege.instance import Instance
from tests.siege.people import the_cast

_EACH, _SECONDS, _BOUND = 64, 20.0, 3.0
_HEAD = b"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n"
_HALVES = {"half a head": _HEAD, "half a body": _HEAD + b"\r\nlogin=a"}
_MEGABYTE = 1024**2
# How much a slow reader reads at a time, and after how many seconds again.
_READ, _PAUSE = 8192, 2.5


def slow_clients(instance: Instance) -> Figures:
    """Hold 64 half-sent requests, then 64 slow readers, and use the site meanwhile."""
    figures = Figures("slow_clients")
    for name, half in _HALVES.items():
        held = [_connected(instance.port, half) for _ in range(_EACH)]
        figures.tried += len(held)
        figures.notes[name] = _use_site(instance, figures)
        for one in held:
            one.close()
    for name, request, clients in _greedy(instance):
        with _slow_readers(instance.port, request, clients):
            figures.tried += clients
            figures.notes[name] = _use_site(instance, figures)
    return figures


def _greedy(instance: Instance) -> Iterator[tuple[str, bytes, int]]:
    """Yield what a slow reader asks for, and how many of them do."""
    page = f"GET {static('fonts/inter-400.ttf')} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    yield "90 static files each", page.encode() * 90, _EACH
    ours = the_cast().ours
    cookies = Browser(instance.port, ours.people[Role.VIEWER]).cookies
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    for megabytes, clients in ((7, 44), (24, 16)):
        content = b"%PDF-1.7\n" + os.urandom(megabytes * _MEGABYTE)
        with scope(organization=ours.organization):
            file = add_file(
                audit=ours.draft,
                by=ours.contributor,
                question="goal",
                upload=ContentFile(content, f"{megabytes}.pdf"),
            )
        path = reverse("evidence_file", args=[file.pk])
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n"
        yield f"a file of {megabytes} MB each", head.encode(), clients


def _connected(port: int, sent: bytes, *, receive: int = 0) -> socket.socket:
    client = socket.socket()
    if receive:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    client.settimeout(5)
    client.connect(("127.0.0.1", port))
    client.sendall(sent)
    return client


@contextmanager
def _slow_readers(port: int, request: bytes, clients: int) -> Iterator[None]:
    """Let clients read a little at a time, and come again when they are dropped."""
    end = Event()

    def connected() -> socket.socket:
        client = _connected(port, request, receive=4096)
        client.setblocking(False)
        return client

    held = [connected() for _ in range(clients)]

    def read() -> None:
        while not end.wait(_PAUSE):
            for place, one in enumerate(held):
                if not _still_there(one):
                    one.close()
                    held[place] = connected()

    reader = Thread(target=read)
    reader.start()
    try:
        yield
    finally:
        end.set()
        reader.join()
        for one in held:
            one.close()


def _still_there(client: socket.socket) -> bool:
    try:
        return bool(client.recv(_READ))
    except BlockingIOError:
        return True
    except OSError:
        return False


def _used(instance: Instance) -> int:
    disk = os.statvfs(instance.temporary)
    return (disk.f_blocks - disk.f_bfree) * disk.f_frsize


def _use_site(instance: Instance, figures: Figures) -> dict[str, float]:
    """Return how long the slowest page took, and how much temporary files had."""
    ours = Browser(instance.port, the_cast().ours.contributor)
    slowest, most, end = 0.0, 0, time.monotonic() + _SECONDS
    while time.monotonic() < end:
        for path in (reverse("livez"), reverse("portfolio")):
            begun = time.monotonic()
            answer = ours.get(path)
            slowest = max(slowest, time.monotonic() - begun)
            figures.answered(f"GET {path}", answer.status, answer.body)
        most = max(most, _used(instance))
        with suppress(InterruptedError):
            time.sleep(0.5)
    if slowest > _BOUND:
        figures.unexpected += 1
        figures.tell(f"a page took {slowest:.1f} s beside slow clients")
    return {"slowest_page_s": round(slowest, 2), "temporary_mb": most // _MEGABYTE}
