"""Our `url` tag draws what Django's does."""

from typing import Any
from uuid import UUID

import pytest
from django.http import HttpRequest
from django.template import Context, Engine
from django.urls import NoReverseMatch, path, set_script_prefix, set_urlconf
from django.views.generic import TemplateView

OURS = Engine(builtins=["audits.templatetags.addresses"])
DJANGO = Engine()
AUDIT = UUID(int=7)
# Another site, with another place for one page.
urlpatterns = [path("elsewhere/", TemplateView.as_view(), name="use_cases")]


def drawn(engine: Engine, text: str, autoescape: bool = True, **values: Any) -> str:
    page = engine.from_string(text)
    return page.render(Context(values, autoescape=autoescape))


@pytest.mark.parametrize(
    "text",
    [
        '{% url "use_cases" %}',
        "{% url name %}",
        '{% url "result" audit %}',
        '{% url "result" audit_id=audit %}',
        '{% url "section" audit "purpose" %}',
        '{% url "admin:index" %}',
        '{% url "result" audit as there %}<b>{{ there }}</b>',
        '{% url "result" "no audit" as there %}<b>{{ there }}</b>',
    ],
)
def test_address_is_the_one_of_django(text: str) -> None:
    values: dict[str, Any] = {"audit": AUDIT, "name": "portfolio"}

    twice = [drawn(OURS, text, **values) for _ in range(2)]

    assert twice == [drawn(DJANGO, text, **values)] * 2


def test_address_of_another_audit_is_another() -> None:
    drawn_for = {
        drawn(OURS, '{% url "result" audit %}', audit=UUID(int=number))
        for number in range(3)
    }

    assert len(drawn_for) == 3


def test_unknown_view_is_refused_each_time() -> None:
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            drawn(OURS, '{% url "nowhere" %}')


def test_prefix_and_routes_of_the_site_count() -> None:
    text = '{% url "use_cases" %}'
    usual = drawn(OURS, text)

    try:
        set_script_prefix("/attune/")
        prefixed = drawn(OURS, text)
    finally:
        set_script_prefix("/")
    try:
        set_urlconf(__name__)
        elsewhere = drawn(OURS, text)
    finally:
        set_urlconf(None)

    assert prefixed == f"/attune{usual}"
    assert elsewhere == "/elsewhere/"
    assert drawn(OURS, text) == usual


def test_address_is_escaped_as_the_template_says() -> None:
    text = '{% url "calendar_feed" key %}'

    for autoescape in (True, False, True):
        ours = drawn(OURS, text, autoescape, key="a&b'c")
        assert ours == drawn(DJANGO, text, autoescape, key="a&b'c")


def test_prefix_counts_anew_for_each_request() -> None:
    text = '{% url "use_cases" %}{% url "portfolio" %}'
    usual = drawn(OURS, text, request=HttpRequest())

    try:
        set_script_prefix("/attune/")
        prefixed = drawn(OURS, text, request=HttpRequest())
    finally:
        set_script_prefix("/")

    assert prefixed.count("/attune/") == 2
    assert prefixed.replace("/attune/", "/") == usual
    assert drawn(OURS, text, request=HttpRequest()) == usual
