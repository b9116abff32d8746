"""A SAML provider that a test starts: pysaml2 behind a small web server."""

import base64
import datetime
import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from saml2 import BINDING_HTTP_REDIRECT
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import NAMEID_FORMAT_PERSISTENT, NameID
from saml2.server import Server

SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
DIGEST = "http://www.w3.org/2001/04/xmlenc#sha256"


def make_key(folder: Path) -> None:
    """Write a key and its certificate into a folder."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            pem,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))


@dataclass
class SamlProvider:
    """A provider that speaks SAML; `who` is signed in there.

    `says` has what it says in place of what is right.
    """

    origin: str
    folder: Path
    who: dict[str, Any] = field(default_factory=dict)
    knows: list[str] = field(default_factory=list)
    says: dict[str, Any] = field(default_factory=dict)

    def config(self) -> IdPConfig:
        where = f"{self.origin}/sso"
        return IdPConfig().load(
            {
                "entityid": f"{self.origin}/metadata",
                "key_file": str(self.folder / "key.pem"),
                "cert_file": str(self.folder / "cert.pem"),
                "xmlsec_binary": "/usr/bin/xmlsec1",
                "metadata": {"inline": [*self.knows]} if self.knows else {},
                "service": {
                    "idp": {
                        "endpoints": {
                            "single_sign_on_service": [(where, BINDING_HTTP_REDIRECT)]
                        },
                        "policy": {"default": {"name_form": None}},
                    }
                },
            }
        )

    @property
    def metadata(self) -> str:
        return str(entity_descriptor(self.config()))

    def answer_to(self, query: dict[str, list[str]]) -> tuple[str, str]:
        """Return a response to what a browser brought, and its relay state."""
        server = Server(config=self.config())
        asked = server.parse_authn_request(
            query["SAMLRequest"][0], BINDING_HTTP_REDIRECT
        ).message
        usual = {
            "in_response_to": asked.id,
            "destination": asked.assertion_consumer_service_url,
            "sp_entity_id": asked.issuer.text,
            "sign_alg": SHA256,
            "digest_alg": DIGEST,
        }
        response = server.create_authn_response(
            identity={k: v for k, v in self.who.items() if k != "subject"},
            name_id=NameID(format=NAMEID_FORMAT_PERSISTENT, text=self.who["subject"]),
            authn={"class_ref": "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"},
            sign_assertion=True,
            sign_response=False,
            **usual | self.says,
        )
        return str(response), query["RelayState"][0]


@contextmanager
def saml_provider(folder: Path) -> Iterator[SamlProvider]:
    """Run a provider on this machine."""
    make_key(folder)
    running: list[SamlProvider] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            response, relay = running[0].answer_to(query)
            encoded = base64.b64encode(response.encode()).decode()
            page = "".join(
                f'<input name="{name}" value="{html.escape(value)}">'
                for name, value in (("SAMLResponse", encoded), ("RelayState", relay))
            )
            self.send_response(200)
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.append(SamlProvider(f"http://127.0.0.1:{server.server_port}", folder))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield running[0]
    finally:
        server.shutdown()
        server.server_close()


def form_of(address: str) -> dict[str, str]:
    """Go to the provider; return the form that its page sends."""
    with urlopen(address) as page:  # noqa: S310 - on this machine
        text = page.read().decode()
    found = re.findall(r'name="(\w+)" value="([^"]*)"', text)
    return {name: html.unescape(value) for name, value in found}
