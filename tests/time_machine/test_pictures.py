"""The picture as a file: what is in it, and whose use cases it counts."""

from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.casting import CANARY, Cast
from tests.time_machine.test_page import add, signed_in


def picture(client: Client, kind: str, **query: str) -> HttpResponse:
    found = client.get(reverse(f"picture_{kind}"), query)
    assert found.status_code == 200
    assert f'.{kind}"' in found["Content-Disposition"]
    return found  # type: ignore[return-value]


@pytest.mark.on_both
def test_svg_stands_alone_and_says_what_came_out(cast: Cast) -> None:
    add(cast, "Northgate")

    found = picture(signed_in(cast.ours.contributor), "svg")

    assert found["Content-Type"] == "image/svg+xml"
    text = found.content.decode()
    root = ET.fromstring(text)  # noqa: S314 - our own
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    words = " ".join("".join(root.itertext()).split())
    assert "years the market changed none of 2 verdicts" in words
    assert cast.ours.organization.name in words
    assert "GPT-4, 32k" in words
    assert "<script" not in text
    assert "style=" not in text


@pytest.mark.on_both
def test_png_is_twice_as_large_and_has_the_colour_of_its_verdict(cast: Cast) -> None:
    add(cast, "Northgate")

    found = picture(signed_in(cast.ours.contributor), "png")

    image = Image.open(BytesIO(found.content))
    assert (image.format, image.size[0]) == ("PNG", 2000)
    colours = {colour for _, colour in image.getcolors(1 << 20) or ()}
    assert {(0xFF, 0xFF, 0xFF), (0x16, 0x20, 0x2A)} <= colours
    assert (0x75, 0x38, 0x9A) in colours


@pytest.mark.on_both
def test_filter_counts_in_the_picture_and_nothing_to_draw_is_none(cast: Cast) -> None:
    add(cast, "Northgate one")
    add(cast, "Other")
    client = signed_in(cast.ours.contributor)

    assert "none of 3 verdicts" in picture(client, "svg").content.decode()
    assert "none of 1 verdict" in picture(client, "svg", q="gate one").content.decode()
    nothing = client.get(reverse("picture_svg"), {"q": CANARY})
    assert nothing.status_code == 404
