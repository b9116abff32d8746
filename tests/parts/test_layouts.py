"""Our tags for layouts, included templates and icons draw what Django's do."""

from typing import Any

import pytest
from django.template import Context, Engine, TemplateDoesNotExist
from django.template.base import TextNode

from audits.templatetags.drawings import icon

LAYOUT, ROW = '{% extends "layout.html" %}', '{% include "rows/row.html" %}'
TEMPLATES = {
    "layout.html": "<t>{% block title %}A{% endblock %}</t>"
    "{% block main %}{% endblock %}",
    "nested.html": LAYOUT
    + "{% block main %}[{% block in %}{% endblock %}]{% endblock %}",
    "page.html": LAYOUT + "{% block title %}{{ block.super }}B{% endblock %}",
    "deep.html": '{% extends "nested.html" %}{% block in %}' + ROW + "{% endblock %}",
    "chosen.html": "{% extends layout %}{% block main %}x{% endblock %}",
    "rows/row.html": '<r>{{ one }}{{ two }}</r>{% include "./end.html" %}',
    "rows/end.html": "<e>{{ two }}</e>",
    "loop.html": "{% for two in many %}" + ROW + "{% endfor %}",
    "with.html": '{% include "rows/row.html" with two=one %}',
    "only.html": '{% include "rows/row.html" with two=one only %}',
    "named.html": "{% for each in names %}{% include each %}{% endfor %}",
    "itself.html": "{{ n.0 }}{% if n.1 %}"
    '{% include "itself.html" with n=n.1 %}{% endif %}',
    "missing.html": '{% include "nowhere.html" %}',
}
VALUES: dict[str, Any] = {
    "one": "<1>",
    "two": 2,
    "many": [1, 2, 3],
    "layout": "layout.html",
    "names": ["rows/row.html", "rows/end.html", "rows/row.html"],
    "n": (1, (2, (3, None))),
}


def engine(*builtins: str) -> Engine:
    given = ("django.template.loaders.locmem.Loader", TEMPLATES)
    loaders = [("django.template.loaders.cached.Loader", [given])]
    return Engine(loaders=loaders, builtins=list(builtins))


@pytest.mark.parametrize("name", TEMPLATES.keys() - {"missing.html"})
def test_template_is_drawn_as_django_draws_it_each_time(name: str) -> None:
    ours = engine("audits.templatetags.layouts").get_template(name)
    expected = engine().get_template(name).render(Context(VALUES))

    drawn = [ours.render(Context(VALUES)) for _ in range(3)]
    other = ours.render(Context(VALUES | {"one": "other", "many": ["o"]}))

    assert drawn == [expected] * 3
    assert other == engine().get_template(name).render(
        Context(VALUES | {"one": "other", "many": ["o"]})
    )


def test_layout_that_is_chosen_may_be_another_each_time() -> None:
    page = engine("audits.templatetags.layouts").get_template("chosen.html")

    drawn = [
        page.render(Context({"layout": name}))
        for name in ("layout.html", "nested.html", "layout.html")
    ]

    assert drawn == ["<t>A</t>x", "<t>A</t>x", "<t>A</t>x"]


def test_missing_template_is_refused_each_time() -> None:
    page = engine("audits.templatetags.layouts").get_template("missing.html")

    for _ in range(2):
        with pytest.raises(TemplateDoesNotExist):
            page.render(Context())


@pytest.mark.parametrize(
    "said", ['"right"', '"holds" "icon on"', "name", '"holds" classes=look']
)
def test_icon_is_the_same_whether_the_template_says_it_or_a_value(said: str) -> None:
    values = {"name": "right", "look": "icon on"}
    shape = "right" if "holds" not in said else "holds"
    look = "icon on" if "holds" in said else "icon"
    text = f"{{% load drawings %}}{{% icon {said} %}}"

    page = Engine(libraries={"drawings": "audits.templatetags.drawings"}).from_string(
        text
    )

    assert page.render(Context(values)) == icon(shape, look)
    is_text = isinstance(page.nodelist[-1], TextNode)
    assert is_text is ("name" not in said and "look" not in said)


def test_icon_may_be_kept_under_a_name() -> None:
    page = Engine(libraries={"drawings": "audits.templatetags.drawings"}).from_string(
        '{% load drawings %}{% icon "right" as found %}<b>{{ found }}</b>'
    )

    assert page.render(Context()) == f"<b>{icon('right')}</b>"
