"""ID tokens that prove nothing, and servers that are not asked."""

import base64
import hashlib
import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from audits.identity import outside
from audits.identity.asserted import NotProved
from audits.identity.oidc import (
    Asked,
    Client,
    Discovered,
    address_to_ask,
    checked_claims,
    discover,
)
from audits.identity.outside import NotAsked, Outside

CLIENT = Client(issuer="https://login.example", client_id="attune", secret="hush")  # noqa: S106 - of a test
KEY, OTHER = (rsa.generate_private_key(65537, 2048) for _ in range(2))
NONCE = "asked-once"


def public(key: rsa.RSAPrivateKey, **more: str) -> dict[str, Any]:
    made = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    return {**made, "kid": "one", "use": "sig", "alg": "RS256", **more}


KEYS = {"keys": [public(KEY)]}


def claims(**other: object) -> dict[str, Any]:
    now = int(time.time())
    usual = {
        "iss": CLIENT.issuer,
        "aud": CLIENT.client_id,
        "sub": "ada",
        "iat": now,
        "exp": now + 300,
        "nonce": NONCE,
    }
    return {k: v for k, v in {**usual, **other}.items() if v is not None}


def signed(
    said: dict[str, Any], key: Any = KEY, alg: str = "RS256", **more: str
) -> str:
    return jwt.encode(said, key, algorithm=alg, headers={"kid": "one", **more})


def test_token_of_the_provider_counts_also_where_clocks_differ_by_a_minute() -> None:
    late = claims(exp=int(time.time()) - 50, iat=int(time.time()) + 50)

    told = checked_claims(signed(late), keys=KEYS, client=CLIENT, nonce=NONCE)

    assert told == late


PROVE_NOTHING: dict[str, Callable[[], str]] = {
    "no signature": lambda: jwt.encode(claims(), "", algorithm="none"),
    "another key": lambda: signed(claims(), OTHER),
    "the client's secret as the key": lambda: signed(claims(), "hush" * 16, "HS256"),
    "a key that nobody has": lambda: signed(claims(), kid="two"),
    "another issuer": lambda: signed(claims(iss="https://login.example.evil")),
    "another client": lambda: signed(claims(aud="other")),
    "several clients": lambda: signed(claims(aud=["attune", "other"])),
    "made for another client": lambda: signed(claims(azp="other")),
    "another sign-in": lambda: signed(claims(nonce="another")),
    "no nonce": lambda: signed(claims(nonce=None)),
    "no end": lambda: signed(claims(exp=None)),
    "it ended": lambda: signed(claims(exp=int(time.time()) - 90)),
    "it is to come": lambda: signed(claims(iat=int(time.time()) + 90)),
    "no subject": lambda: signed(claims(sub=None)),
    "no token": lambda: "a.b.c",
    "a word": lambda: "token",
}


@pytest.mark.parametrize("make", PROVE_NOTHING.values(), ids=PROVE_NOTHING)
def test_token_with_anything_wrong_proves_nothing(make: Callable[[], str]) -> None:
    with pytest.raises(NotProved):
        checked_claims(make(), keys=KEYS, client=CLIENT, nonce=NONCE)


def test_keys_that_sign_nothing_are_not_used() -> None:
    keys = {"keys": [public(KEY, use="enc")]}

    with pytest.raises(NotProved):
        checked_claims(signed(claims()), keys=keys, client=CLIENT, nonce=NONCE)


@contextmanager
def serving(status: int, body: bytes, **headers: str) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


NOT_ASKED = {
    "no TLS": "http://localhost/",
    "this machine": "https://localhost/",
    "this machine by number": "https://127.0.0.1:8000/",
    "this machine in IPv6": "https://[::1]/",
    "this machine, mapped": "https://[::ffff:127.0.0.1]/",
    "somebody’s name": "https://user@localhost/",
    "a file": "file:///etc/passwd",
    "no host": "https:///x",
    "a line in it": "https://localhost/\r\nHost: evil",
    "no port": "https://localhost:99999/",
}


@pytest.mark.parametrize("url", NOT_ASKED.values(), ids=NOT_ASKED)
def test_address_inside_or_without_tls_is_not_asked(url: str) -> None:
    with pytest.raises(NotAsked):
        Outside().text(url)


def test_operator_allows_one_origin_and_no_other() -> None:
    with serving(200, b'{"a": 1}') as origin, serving(200, b"{}") as other:
        outside = Outside(frozenset({origin}))

        assert outside.json(f"{origin}/x") == {"a": 1}
        with pytest.raises(NotAsked, match="https"):
            outside.json(f"{other}/x")


ANSWERS = {
    "leads elsewhere": (302, b"{}", {"Location": "/y"}),
    "too long": (200, b"x" * (1024 * 1024 + 1), {}),
    "no JSON": (200, b"<html>", {}),
    "a list": (200, b"[]", {}),
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_answer_that_is_none_does_not_count(
    answer: tuple[int, bytes, dict[str, str]],
) -> None:
    status, body, headers = answer
    with serving(status, body, **headers) as origin, pytest.raises(NotAsked):
        Outside(frozenset({origin})).json(f"{origin}/x")


@pytest.mark.parametrize("head", [b"", b"Connection: close\r\n\r\n"])
def test_server_that_drips_its_answer_is_left(
    monkeypatch: pytest.MonkeyPatch, head: bytes
) -> None:
    monkeypatch.setattr(outside, "_MOST_SECONDS", 0.3)
    listening, began = socket.create_server(("127.0.0.1", 0)), time.monotonic()
    origin = f"http://127.0.0.1:{listening.getsockname()[1]}"

    def drip() -> None:
        with listening, listening.accept()[0] as there, suppress(OSError):
            there.sendall(b"HTTP/1.1 200 OK\r\n" + head)
            for _ in range(100):
                there.sendall(b"X-Slow: 1\r\n")
                time.sleep(0.1)

    Thread(target=drip, daemon=True).start()
    with pytest.raises(NotAsked):
        Outside(frozenset({origin})).json(f"{origin}/x")

    assert time.monotonic() - began < 5


def test_exchanges_of_a_request_share_their_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outside, "_MOST_SECONDS", 0.4)
    with serving(200, b"{}") as origin:
        asks = Outside(frozenset({origin}))
        assert asks.json(f"{origin}/x") == {}
        time.sleep(0.5)

        with pytest.raises(NotAsked, match="too long"):
            asks.json(f"{origin}/x")
        assert Outside(frozenset({origin})).json(f"{origin}/x") == {}


def test_server_that_says_it_is_another_issuer_is_not_believed() -> None:
    body = json.dumps({"issuer": "https://login.example"}).encode()
    with serving(200, body) as origin, pytest.raises(NotAsked, match="another issuer"):
        discover(Outside(frozenset({origin})), origin)


def test_sign_in_is_known_by_words_that_nobody_guesses() -> None:
    first, second = Asked.new(), Asked.new()
    words = (first.state, first.nonce, first.verifier, second.verifier)
    found = Discovered(
        issuer=CLIENT.issuer,
        authorize_at="https://login.example/authorize",
        token_at="",
        keys_at="",
        person_at="",
        takes_basic=True,
        scope="openid",
    )

    address = address_to_ask(found, CLIENT, first, "https://a.example/", again=False)

    asked = parse_qs(urlsplit(address).query)
    digest = hashlib.sha256(first.verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert len(set(words)) == 4
    assert all(len(word) == 43 for word in words)  # 256 bits
    assert (asked["response_type"], asked["scope"]) == (["code"], ["openid"])
    assert (asked["state"], asked["nonce"]) == ([first.state], [first.nonce])
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["code_challenge"] == [challenge]
    assert first.verifier not in address
