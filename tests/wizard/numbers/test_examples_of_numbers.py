"""Each number that is asked for is worked out once."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audits.landscape.catalogue import catalogue
from audits.scoring.numbers.numbers import FIELDS
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


def test_typical_share_of_the_cache_is_the_one_that_is_assumed() -> None:
    (cache,) = (field for field in FIELDS if field.id == "cache_hit")
    assumed = catalogue(timezone.localdate()).assumption("cache_hit_cap")

    assert assumed.expected == Decimal("0.9")
    assert "at most 90%" in cache.example
