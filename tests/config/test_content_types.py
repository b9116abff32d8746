"""Nobody chooses the decoder with which Django reads a request."""

import doctest
import json
from email.message import Message
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import quote

import pytest
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import given
from hypothesis import strategies as st

from config import content_types
from config.content_types import is_utf8, utf8_only
from tests.examples import some_of
from tests.people.test_headers import HEADERS
from tests.written_log import log, told

pytestmark = pytest.mark.once

__all__ = ["log"]
BODY = b'--x\r\nContent-Disposition: form-data; name="q"\r\n\r\nabc\r\n--x--\r\n'
MULTIPART = "multipart/form-data; boundary=x"
HOSTILE = (
    *("punycode", "idna", "hex", "zlib", "rot13", "undefined", "utf-16", "latin-1"),
    *("unicode_escape", "no-such-encoding", "utf-8-sig", ""),
)


def asked(
    content_type: str, method: str = "POST", query: str = ""
) -> tuple[int, dict[str, str]]:
    """Ask as a web server does, and return the status and the headers."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": "/sign-in/",
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "443",
        "HTTP_HOST": "testserver",
        "wsgi.url_scheme": "https",
        "wsgi.input": BytesIO(BODY),
        "CONTENT_LENGTH": str(len(BODY)),
        "CONTENT_TYPE": content_type,
    }
    started: list[tuple[str, dict[str, str]]] = []
    application = utf8_only(WSGIHandler())
    answer = application(
        environ, lambda status, heads: started.append((status, dict(heads)))
    )
    b"".join(answer)
    [(status, headers)] = started
    return int(status.split()[0]), headers


@pytest.mark.parametrize(
    ("charset", "method"),
    [(charset, "POST") for charset in HOSTILE]
    + some_of([(charset, "GET") for charset in HOSTILE]),
)
def test_other_encoding_is_refused_before_anything_is_read(
    db: None, log: StringIO, charset: str, method: str
) -> None:
    status, headers = asked(f"{MULTIPART}; charset={charset}", method, "next=/x")

    assert status == 415
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    lines = told(log, "")
    assert {line["level"] for line in lines} <= {"WARNING", "INFO"}
    assert "exception" not in json.dumps(lines)


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"', "utf8", "Utf_8"])
def test_form_in_utf8_is_read(db: None, charset: str) -> None:
    # A form without its token is refused, so it was read.
    assert asked(f"{MULTIPART}; Charset={charset}")[0] == 403


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", MULTIPART, f"{MULTIPART}; "]
)
def test_request_that_names_no_encoding_is_read(db: None, content_type: str) -> None:
    assert asked(content_type)[0] == 403


@pytest.mark.parametrize(
    "content_type",
    [
        f"{MULTIPART}; charset*=x''hex",
        f"{MULTIPART}; a*=idna''{quote('ü')}",
        f"{MULTIPART}; charset*0=pun; charset*1=ycode",
        'a"; x="; charset=hex; y="',
        f'{MULTIPART}; x="\\"; charset=hex; y="',
        f"{MULTIPART}; charset=utf-8; charset=hex",
        "multipart/form-data; boundary=ü",
        f"{MULTIPART}; a={'a' * 2000}",
        ";" * 900,
    ],
)
def test_type_that_hides_an_encoding_or_takes_long_is_refused(
    db: None, content_type: str
) -> None:
    assert asked(content_type)[0] == 415


@given(
    st.lists(
        st.sampled_from(
            ["charset", "=", ";", '"', "\\", "*", "'", "hex", "x", " ", "utf-8", ","]
        )
    )
)
def test_no_type_that_passes_names_another_encoding(parts: list[str]) -> None:
    content_type = "multipart/form-data;" + "".join(parts)
    message = Message()
    message["content-type"] = content_type
    named = dict(message.get_params() or [])

    if is_utf8(content_type):
        assert named.get("charset", "utf-8") in ("utf-8", "UTF-8")
        assert all(isinstance(value, str) for value in named.values())


def test_examples_in_the_documentation_are_true() -> None:
    assert doctest.testmod(content_types).failed == 0
