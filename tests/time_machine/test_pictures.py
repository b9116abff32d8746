"""The picture as a file: what is in it, and whose use cases it counts."""

from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pptx import Presentation
from pptx.shapes.graphfrm import GraphicFrame

from audits.landscape import in_force
from tests.casting import CANARY, Cast
from tests.time_machine.test_page import add, signed_in

# Those that a line is drawn through.
LEVELS = ("reference", "at")


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
    assert "Since January 2022 the market has changed none of 2 verdicts" in words
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


@pytest.mark.thorough
@pytest.mark.once
def test_slide_has_the_numbers_of_the_picture_in_native_charts(cast: Cast) -> None:
    add(cast, "Northgate")

    found = picture(signed_in(cast.ours.contributor), "pptx")

    [slide] = Presentation(BytesIO(found.content)).slides
    title, notes = slide.shapes.title, slide.notes_slide
    assert title
    said = "Since January 2022 the market has changed none of 2 verdicts"
    assert said in title.text_frame.text
    bars, windows, prices = (
        x.chart for x in slide.shapes if isinstance(x, GraphicFrame)
    )
    numbers = [list(series.values) for series in bars.plots[0].series]
    assert {sum(column) for column in zip(*numbers, strict=True)} == {2}
    assert next(iter(bars.plots[0].categories)).startswith("Q")
    lines = in_force.current().timelines
    today = timezone.localdate()
    largest = [float(x.value) for x in lines.windows if x.day <= today]
    assert list(windows.plots[0].series[0].values)[::2] == largest
    assert windows.chart_title.text_frame.text == "Largest context window, tokens"
    cheapest = [float(x.blended) for x in lines.gpt4_prices if x.level in LEVELS]
    assert list(prices.plots[0].series[0].values)[::2] == cheapest
    assert notes.notes_text_frame
    assert cast.ours.organization.name in notes.notes_text_frame.text


@pytest.mark.on_both
def test_filter_counts_in_the_picture_and_nothing_to_draw_is_none(cast: Cast) -> None:
    add(cast, "Northgate one")
    add(cast, "Other")
    client = signed_in(cast.ours.contributor)

    assert "none of 3 verdicts" in picture(client, "svg").content.decode()
    assert "none of 1 verdict" in picture(client, "svg", q="gate one").content.decode()
    nothing = client.get(reverse("picture_svg"), {"q": CANARY})
    assert nothing.status_code == 404
