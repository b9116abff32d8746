"""A browser without scripts: cookies, forms, and what a page says."""

import gzip
import io
import subprocess
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils.crypto import get_random_string

from audits.models import User
from tests.casting import CANARY

PATIENCE = 30.0


@dataclass(frozen=True)
class Answer:
    """A status (0 if none came), the place it leads to, and what it says."""

    status: int
    place: str
    content_type: str
    body: bytes

    @property
    def page(self) -> str:
        """The text of a page; empty for any other file."""
        return (
            self.body.decode("utf-8", "replace") if "html" in self.content_type else ""
        )


class Browser:
    """One person at the site; nobody in particular if no user is given."""

    def __init__(self, port: int, user: User | None = None) -> None:
        self.port = port
        self.cookies = {settings.CSRF_COOKIE_NAME: get_random_string(32)}
        if user is not None:
            client = Client()
            client.force_login(user)
            self.cookies |= {n: c.value for n, c in client.cookies.items()}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, {})

    def post(
        self, path: str, fields: Mapping[str, Any] | Iterable[tuple[str, str]] = ()
    ) -> Answer:
        """Send a form, as a browser sends it; a field may have several values."""
        pairs = [*(fields.items() if isinstance(fields, Mapping) else fields)]
        pairs = [(n, v) for n, v in pairs if n != "csrfmiddlewaretoken"]
        pairs.append(("csrfmiddlewaretoken", self.cookies[settings.CSRF_COOKIE_NAME]))
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(pairs, doseq=True).encode(), headers)

    def upload(self, path: str, field: str, file: Any, **fields: str) -> Answer:
        """Send a form with a file."""
        token = {"csrfmiddlewaretoken": self.cookies[settings.CSRF_COOKIE_NAME]}
        body = encode_multipart(BOUNDARY, {**fields, **token, field: file})
        return self._ask("POST", path, body, {"Content-Type": MULTIPART_CONTENT})

    def _ask(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> Answer:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        site = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            site.request(method, path, body, {**headers, "Cookie": cookie})
            response = site.getresponse()
            raw = response.read()
        except (OSError, HTTPException) as error:
            return Answer(0, "", "", repr(error).encode())
        finally:
            site.close()
        if response.headers.get("Content-Encoding") == "gzip":
            raw = gzip.decompress(raw)
        return Answer(
            response.status,
            response.headers.get("Location", ""),
            response.headers.get("Content-Type", ""),
            raw,
        )


def has_canary(body: bytes) -> bool:
    """Return whether a word of the other organization is in a file, also packed."""
    return CANARY.lower().encode() in _readable(body).lower()


def _readable(body: bytes) -> bytes:
    if body.startswith(b"PK\x03\x04"):
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(body)) as packed:
            return b"\n".join(_readable(packed.read(n)) for n in packed.namelist())
    if body.startswith(b"%PDF-"):
        command = ["pdftotext", "-", "-"]
        text = subprocess.run(command, input=body, capture_output=True, check=False)
        return text.stdout or body
    return body


@dataclass
class Form:
    """A form of a page: where it goes, how, and what it sends if nothing is changed."""

    action: str
    method: str
    fields: list[tuple[str, str]]


class Page(HTMLParser):
    """The links and forms of a page."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__()
        self.path = path
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._choice = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href", "").startswith(("/", "?")):
            parts = urlsplit(urljoin(self.path, given["href"]))
            self.links.append(parts._replace(fragment="").geturl())
        elif tag == "form":
            action = urljoin(self.path, given.get("action") or self.path)
            method = given.get("method", "get").upper()
            self.forms.append(Form(action, method, []))
        elif self.forms:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        fields = self.forms[-1].fields
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "select":
            self._choice = name
            fields.append((name, ""))
        elif tag == "option" and "selected" in given:
            fields[:] = [one for one in fields if one != (self._choice, "")]
            fields.append((self._choice, given.get("value", "")))
        elif name and tag == "textarea":
            fields.append((name, ""))
        elif name and tag == "input":
            if kind in ("checkbox", "radio") and "checked" not in given:
                if name not in {known for known, _ in fields}:
                    fields.append((name, ""))
            elif kind != "file":
                fields.append((name, given.get("value", "")))
