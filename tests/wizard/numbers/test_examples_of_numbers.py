"""Each number that is asked for is worked out once."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audits.landscape.catalogue import catalogue
from audits.scoring.days import in_words
from audits.scoring.numbers.assumption_fields import assumption_fields
from audits.scoring.numbers.numbers import FIELDS
from audits.scoring.numbers.typical import typical_values
from tests.casting import Cast
from tests.pages import html_of

pytestmark = pytest.mark.once


def test_page_works_each_number_out_in_a_fold(cast: Cast, client: Client) -> None:
    page = html_of(client.get(reverse("numbers", args=[cast.ours.draft.pk])))

    for field in FIELDS:
        fold = page.partition(f'id="id_{field.id}_helptext"')[2]
        fold = fold.partition("<details")[2].partition("</details>")[0]
        assert field.example
        assert field.example in fold
        # The unit follows the currency that somebody chooses; the example does not.
        is_amount = "$" in field.example
        assert (", in US dollars" in " ".join(fold.split())) is is_amount


def test_each_number_has_a_typical_value_with_its_source_or_says_that_none_is_known(
    cast: Cast, client: Client
) -> None:
    page = html_of(client.get(reverse("numbers", args=[cast.ours.draft.pk])))

    assert {*typical_values()} == {field.id for field in FIELDS}
    for field in FIELDS:
        typical = field.typical
        assert typical
        fold = page.partition(f'id="id_{field.id}_helptext"')[2]
        fold = fold.partition("<details")[2].partition("</details>")[0]
        assert f"Typical values:</strong> {typical.says}" in fold
        if typical.says.startswith("None is published"):
            assert (typical.source, typical.href, typical.day) == ("", "", None)
            continue
        assert typical.href.startswith("https://")
        assert typical.day
        assert typical.day <= date(2026, 11, 30)
        said = f'<a href="{typical.href}">{typical.source}</a>, '
        assert f"{said}{in_words(typical.day)}." in fold


def test_each_assumption_has_the_day_of_its_source_or_says_that_none_is_known() -> None:
    on = date(2026, 11, 30)
    for field in assumption_fields(on).values():
        if field.hint.startswith("Nothing is assumed"):
            continue
        assert re.search(r"\d{1,2} [A-Z][a-z]+ 20\d\d", field.hint), field.id
        if "Attune’s estimate" in field.hint:
            is_told = "Attune knows of no published typical value." in field.hint
            assert is_told or "It is supported by " in field.hint, field.id


def test_typical_share_of_the_cache_is_the_one_that_is_assumed() -> None:
    (cache,) = (field for field in FIELDS if field.id == "cache_hit")
    assumed = catalogue(timezone.localdate()).assumption("cache_hit_cap")

    assert assumed.expected == Decimal("0.9")
    assert "at most 90%" in cache.example
