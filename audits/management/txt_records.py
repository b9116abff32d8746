"""Looks up the TXT records of a domain."""

import dns.exception
import dns.resolver
from django.core.exceptions import ValidationError

_SECONDS = 10


def txt_records(domain: str, server: str | None) -> set[str]:
    """Return the texts that a domain publishes.

    Args:
        domain: The domain.
        server: The address and the port of a name server; None for the usual one.

    Raises:
        ValidationError: The name server gave no answer.
    """
    resolver = dns.resolver.Resolver(configure=server is None)
    if server:
        address, _, port = server.rpartition(":")
        resolver.nameservers, resolver.port = [address], int(port)
    try:
        answer = resolver.resolve(domain, "TXT", lifetime=_SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return set()
    except dns.exception.DNSException as error:
        message = f"The name server gave no answer: {type(error).__name__}"
        raise ValidationError(message) from error
    return {
        b"".join(record.strings).decode("ascii", errors="replace") for record in answer
    }
