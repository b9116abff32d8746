"""Asks the servers of identity providers, and no other machine.

An administrator enters their addresses. So each has to be a public one with TLS, unless
the operator allows it: a name is looked up once, every address that it has is checked,
and the connection goes to the one that was checked. No redirect is followed.
"""

import http.client
import ipaddress
import json
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Timer
from time import monotonic
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

_TIMEOUT = 5  # seconds to connect, and for each read
_MOST_SECONDS = 10  # for all exchanges
_MOST_BYTES = 1024 * 1024
_PORTS = {"https": 443, "http": 80}
# Addresses of IPv6 that lead to one of IPv4, which nobody checks on the way.
_TRANSLATED = tuple(
    map(ipaddress.ip_network, ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96"))
)


class NotAsked(Exception):  # noqa: N818 - what became of it
    """A server was not asked, or gave no answer that counts; the message says why."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Asks servers over HTTPS.

    `allowed` has the origins that the operator allows though they are on a private
    network or have no TLS, such as "http://localhost:8080". All exchanges end within
    the same seconds: a server that is slow each time holds a request no longer.
    """

    allowed: frozenset[str] = field(default_factory=frozenset)
    until: float = field(default_factory=lambda: monotonic() + _MOST_SECONDS)

    def json(
        self,
        url: str,
        *,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """Return the JSON object at an address; `form` is posted to it.

        Raises:
            NotAsked: The address may not be asked, or the answer is none.
        """
        try:
            found = json.loads(self.text(url, form=form, headers=headers))
        except ValueError as error:
            message = "the answer is not JSON"
            raise NotAsked(message) from error
        if not isinstance(found, dict):
            message = "the answer is not a JSON object"
            raise NotAsked(message)
        return found

    def text(
        self,
        url: str,
        *,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> bytes:
        """Return what is at an address.

        Raises:
            NotAsked: The address may not be asked, or the answer is none.
        """
        parts = self.checked(url)
        body = None if form is None else urlencode(form)
        sent = {"Accept": "application/json", **(headers or {})}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection = _connection(parts, self._address_of(parts))
        left = self.until - monotonic()
        if left <= 0:
            message = "the answers take too long"
            raise NotAsked(message)
        connection.timeout = min(_TIMEOUT, left)
        patience = Timer(left, connection.hang_up)
        patience.daemon = True
        patience.start()
        try:
            connection.request("POST" if body else "GET", path, body, sent)
            answer = connection.getresponse()
            if answer.status != http.client.OK:
                message = f"the server answered {answer.status}"
                raise NotAsked(message)
            found = _all_of(answer)
            if connection.is_late:
                message = "the answer takes too long"
                raise NotAsked(message)
            return found
        except (OSError, http.client.HTTPException) as error:
            message = f"the server cannot be reached: {type(error).__name__}"
            raise NotAsked(message) from error
        finally:
            patience.cancel()
            connection.close()

    def checked(self, url: str) -> SplitResult:
        """Return the parts of an address that may be asked, or shown to a browser.

        Raises:
            NotAsked: It has no TLS, or is not an address of a server.
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        bad = [c for c in url if not "!" <= c <= "~"]
        has_user = parts.username is not None or parts.password is not None
        if not parts.hostname or has_user or bad or parts.fragment or port == 0:
            message = "this is not an address of a server"
            raise NotAsked(message)
        if parts.scheme != "https" and self._origin(parts) not in self.allowed:
            message = "the address does not begin with https://"
            raise NotAsked(message)
        return parts

    def _origin(self, parts: SplitResult) -> str:
        return f"{parts.scheme}://{parts.netloc.lower()}"

    def _address_of(self, parts: SplitResult) -> str:
        port = parts.port or _PORTS.get(parts.scheme, 443)
        try:
            found = socket.getaddrinfo(parts.hostname, port, proto=socket.IPPROTO_TCP)
        except (OSError, UnicodeError) as error:
            message = "its name leads to no server"
            raise NotAsked(message) from error
        addresses = [str(each[4][0]) for each in found]
        is_allowed = self._origin(parts) in self.allowed
        if not is_allowed and not all(map(is_public, addresses)):
            message = "its server is on a private network"
            raise NotAsked(message)
        return addresses[0]


def is_public(address: str) -> bool:
    """Return whether an address of a machine is one of the public internet.

    >>> is_public("93.184.216.34"), is_public("10.0.0.1"), is_public("::1")
    (True, False, False)
    >>> is_public("169.254.169.254"), is_public("::ffff:127.0.0.1")
    (False, False)
    >>> is_public("64:ff9b::7f00:1"), is_public("2002:7f00:1::"), is_public("0.0.0.0")
    (False, False, False)
    >>> is_public("fec0::1"), is_public("::127.0.0.1"), is_public("::ffff:0:127.0.0.1")
    (False, False, False)
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        else:
            leads_on = any(found in each for each in _TRANSLATED)
            if found.is_site_local or found.sixtofour or found.teredo or leads_on:
                return False
    return found.is_global and not found.is_multicast


def _connection(parts: SplitResult, address: str) -> "_ToAddress":
    host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 443)
    if parts.scheme == "https":
        return _ToAddressWithTLS(address, host, port)
    return _ToAddress(address, host, port)


class _ToAddress(http.client.HTTPConnection):
    """Connects to the address that was checked, whatever its name leads to now."""

    def __init__(self, address: str, host: str, port: int) -> None:
        super().__init__(host, port, timeout=_TIMEOUT)
        self._address = address
        self.is_late = False
        self._own: socket.socket | None = None

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        self._own = self.sock

    def hang_up(self) -> None:
        """End an exchange that takes too long, whatever of it is on its way.

        `sock` is gone once a server said that it closes the connection, though its
        answer is still read from it.
        """
        self.is_late = True
        if self._own is not None:
            with suppress(OSError):
                self._own.shutdown(socket.SHUT_RDWR)


class _ToAddressWithTLS(_ToAddress):
    """The same, with the certificate of the name."""

    default_port = _PORTS["https"]

    def connect(self) -> None:
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(
            self.sock, server_hostname=self.host, do_handshake_on_connect=False
        )
        self._own = self.sock
        self.sock.do_handshake()


def _all_of(answer: http.client.HTTPResponse) -> bytes:
    read = answer.read(_MOST_BYTES + 1)
    if len(read) > _MOST_BYTES:
        message = "the answer is too long"
        raise NotAsked(message)
    return read
