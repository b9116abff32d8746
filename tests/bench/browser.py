"""A browser without a network: requests as the server gets them, in this process.

Django's test client takes as long to make a request as a view takes to answer it. Here
a request is made once and answered often, so that only the site is measured.
"""

import gzip
import re
from io import BytesIO
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django.conf import settings
from django.contrib.sessions.models import Session as DjangosSession
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from django.utils.crypto import get_random_string

from audits.models import Session, User

_LINKED = re.compile(r'<(?:link|script|img|use)[^>]+(?:href|src)="([^"#]+)')
_IN_CSS = re.compile(r"url\([\"']?([^\"')#]+)")
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"[^>]* value="([^"]*)"')


def unpacked(body: bytes) -> bytes:
    """Return what was answered, compressed or not."""
    return gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body


def _also_in_djangos_own(key: str) -> None:
    """Keep a session where Django itself looks for it, for its bare pages."""
    ours = Session.objects.get(session_key=key)
    DjangosSession.objects.create(
        session_key=key, session_data=ours.session_data, expire_date=ours.expire_date
    )


class Browser:
    """Somebody signed in; remembers what it has fetched."""

    def __init__(self, user: User) -> None:
        signed_in = Client()
        signed_in.force_login(user)
        self.cookies = {key: one.value for key, one in signed_in.cookies.items()}
        _also_in_djangos_own(self.cookies[settings.SESSION_COOKIE_NAME])
        # Signing in by the form sets it, too, so nobody opens a page without one.
        self.cookies[settings.CSRF_COOKIE_NAME] = get_random_string(32)
        self.site = WSGIHandler()
        self.has: set[str] = set()

    def open(self, url: str) -> list[tuple[str, str]]:
        """Open a page, and return the hidden fields of its forms."""
        page = unpacked(self.answer(self.request(url))).decode()
        fields = _HIDDEN.findall(page)
        self.cookies[settings.CSRF_COOKIE_NAME] = self.csrf
        return fields

    def weigh(self, url: str) -> int:
        """Return the bytes that a page takes, with all it links to that is new."""
        page = self.answer(self.request(url))
        return len(page) + sum(
            self._weigh_new(urljoin(url, link))
            for link in _LINKED.findall(unpacked(page).decode())
        )

    def _weigh_new(self, url: str) -> int:
        if url in self.has:
            return 0
        self.has.add(url)
        file = self.answer(self.request(url))
        size = len(file)
        if urlsplit(url).path.endswith(".css"):
            inside = _IN_CSS.findall(unpacked(file).decode())
            size += sum(self._weigh_new(urljoin(url, link)) for link in inside)
        return size

    def request(
        self, url: str, form: list[tuple[str, str]] | None = None, **headers: str
    ) -> dict[str, Any]:
        """Return a request as a server gives it to the site."""
        body = urlencode(form or []).encode()
        return {
            "REQUEST_METHOD": "GET" if form is None else "POST",
            "PATH_INFO": url.partition("?")[0],
            "QUERY_STRING": url.partition("?")[2],
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_ACCEPT_ENCODING": "gzip",
            "HTTP_COOKIE": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
            "HTTP_REFERER": "https://testserver/",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "body": body,
            "wsgi.url_scheme": "https",
            **headers,
        }

    def answer(self, request: dict[str, Any]) -> bytes:
        """Return what the site answers, which is an answer and no refusal."""
        told: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], *_: Any) -> Any:
            told[:] = [status, headers]

        environ = {**request, "wsgi.input": BytesIO(request["body"])}
        response = self.site(environ, start)
        body = b"".join(response)
        response.close()
        status, headers = told
        assert status == "200 OK", (status, request["PATH_INFO"], body[:300])
        for name, value in headers:
            if name == "Set-Cookie" and value.startswith(settings.CSRF_COOKIE_NAME):
                self.csrf = value.split(";")[0].partition("=")[2]
        return body
