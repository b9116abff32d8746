"""The longest results of published cases: two screens, and three lines that say why."""

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import expect

from audits.models import Audit, Organization, User
from audits.services.demo import demo
from tests.e2e.conftest import OpenPage
from tests.e2e.test_result_screens import DESKTOP, HEIGHT, MOST, PHONE
from tests.examples import is_everyday
from tests.loaded_demo import DEMO

pytestmark = pytest.mark.once

# Of the 47, those whose page is longest: by its reasons, its steps or what changes it.
LONGEST = (
    "Chip-design scripts and assistants",
    "Reading identity documents",
    "Property due-diligence agent",
    "Attributes from seller listings",
)
LINE = 40  # pixels that a row with one line of text is lower than
HEIGHTS = "all => all.map(it => it.getBoundingClientRect().height)"


def test_longest_published_cases_fit_and_say_why_in_three_lines(
    transactional_db: None, turn_page: OpenPage
) -> None:
    longest = LONGEST[:2] if is_everyday() else LONGEST
    DEMO.put()
    organization = Organization.objects.get(slug=demo.SLUG)
    with scope(organization=organization):
        found = Audit.objects.filter(use_case__name__in=longest)
        audits = dict(found.values_list("use_case__name", "pk"))
    reader = User.objects.get(email=demo.VIEWER.email)
    assert set(audits) == set(longest)

    too_high = {}
    for name, audit in audits.items():
        page = turn_page(reader, reverse("result", args=[audit]))
        lines = page.locator(".whys > li")
        expect(lines).to_have_count(3)
        assert max(lines.evaluate_all(HEIGHTS)) < LINE, name
        drawn = page.locator(".why-ladder svg")
        expect(drawn).to_be_visible()
        assert "A trained model" in (drawn.locator("title").text_content() or "")
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            height = page.evaluate(HEIGHT)
            if height > MOST[size["width"]]:
                too_high[name, size["width"]] = height

    assert too_high == {}
