"""How an organization's papers may look."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from audits.models import Organization
from audits.models.fields.colours import contrast_on_white

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


def problems(**fields: Any) -> dict[str, list[str]]:
    tenant = Organization(name="Northgate Mutual", slug="northgate", **fields)
    try:
        tenant.clean_fields()
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.mark.parametrize("colour", ["", "#0f5e5a", "#000000", "#767676"])
def test_dark_colour_is_taken(colour: str) -> None:
    assert problems(accent=colour) == {}


@pytest.mark.parametrize(
    ("colour", "message"),
    [
        ("teal", "Enter a colour like #0f5e5a"),
        ("#0f5e5", "Enter a colour like #0f5e5a"),
        ("#ffcc00", "on white it has a contrast of 1.51"),
        ("#777777", "on white it has a contrast of 4.48"),
    ],
)
def test_colour_that_cannot_be_read_is_refused(colour: str, message: str) -> None:
    [said] = problems(accent=colour)["accent"]

    assert message in said


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast_on_white("#767676") == pytest.approx(4.54)


@pytest.mark.thorough
def test_picture_is_taken_as_a_logo() -> None:
    assert problems(logo=ContentFile(PNG, "logo.png")) == {}


def test_logo_that_is_stored_is_not_read_again() -> None:
    assert problems(logo="logos/lost.png") == {}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.svg", b"<svg onload=alert(1)>"),
        ("logo.png", b"<svg onload=alert(1)>"),
        ("logo.txt", b"our logo"),
        ("logo.png", PNG + b"\x00" * 200_000),
    ],
)
def test_anything_else_is_refused_as_a_logo(name: str, content: bytes) -> None:
    found = problems(logo=ContentFile(content, name))

    assert found == {"logo": ["Choose a PNG or JPEG file of up to 200 kB"]}
