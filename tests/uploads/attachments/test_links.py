"""Links that are taken, and links that would lead elsewhere than they seem to."""

from typing import Any

import pytest

from audits.evidence.forms import EvidenceForm
from audits.reviews.condition_forms import MetForm
from audits.uploads.attachments.links import (
    RefusedLinkError,
    checked_link,
    named_link,
)


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org",
        "HTTP://wiki/pages/12?run=3#top",
        "https://example.org:8443/a%20b/@ana",
        "https://münchen.example/straße",
        "http://[2001:db8::1]/run",
        "https://example.org/" + "a" * 480,
    ],
)
def test_web_address_is_taken_as_it_is(link: str) -> None:
    assert checked_link(f"  {link} ") == link


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("", "Enter a link"),
        ("javascript:alert(1)", "starts with https:// or http://"),
        ("JaVaScRiPt://example.org/%0aalert(1)", "starts with https:// or http://"),
        ("java\tscript:alert(1)", "without spaces"),
        ("data:text/html,<script>", "without spaces, quotes"),
        ("data:text/html;base64,PHM+", "starts with https:// or http://"),
        ("vbscript:msgbox", "starts with https:// or http://"),
        ("file:///etc/passwd", "starts with https:// or http://"),
        ("//evil.example", "starts with https:// or http://"),
        ("/evidence/", "starts with https:// or http://"),
        ("example.org", "starts with https:// or http://"),
        ("https:evil.example", "starts with https:// or http://"),
        ("https:\\\\evil.example", "backslashes"),
        ("https://example.org\\@evil.example", "backslashes"),
        ("https://example.org@evil.example", "without a user name"),
        ("https://ana:secret@example.org", "without a user name"),
        ("https://", "that includes the site name"),
        ("https:///path", "that includes the site name"),
        ("https://?q", "that includes the site name"),
        ("https://..", "that includes the site name"),
        ("https://example.org:port", "that includes the site name"),
        ("https://[::1", "that includes the site name"),
        ("https://exa mple.org", "without spaces"),
        ("https://example.org/\u202egpj", "without spaces"),
        ("https://example.org/\x00", "without spaces"),
        ('https://example.org/"onclick="x', "quotes"),
        ("https://example.org/" + "a" * 481, "500 characters or fewer"),
    ],
)
def test_other_address_is_refused_in_words(link: str, message: str) -> None:
    with pytest.raises(RefusedLinkError, match=message):
        checked_link(link)


def test_name_of_a_link_is_never_dropped() -> None:
    link = "https://example.org/minutes"

    assert named_link(link, " Minutes 14 ") == {"link": link, "name": "Minutes 14"}
    assert named_link(link, "") == {"link": link, "name": "example.org/minutes"}
    assert named_link(" ", "") == {"link": "", "name": ""}
    with pytest.raises(RefusedLinkError, match="the link that “Minutes 14” names"):
        named_link("", "Minutes 14")


@pytest.mark.parametrize("form", [EvidenceForm, MetForm])
def test_browser_leaves_a_link_to_our_words_which_have_an_example(form: Any) -> None:
    field = form().fields["link"]

    assert field.widget.input_type == "text"
    with pytest.raises(RefusedLinkError, match=r"like https://example\.org/report"):
        checked_link("intranet/contracts")
