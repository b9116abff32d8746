"""The form of the filters: how it is written, drawn and folded."""

import re
from typing import Any

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client
from django_scopes import scope

from audits.portfolio_filter import RARE, read_filter
from tests.casting import Cast
from tests.examples import thorough
from tests.pages import elements_of
from tests.portfolio.portfolio_pages import page


def test_filter_is_written_in_one_way_and_in_words(cast: Cast) -> None:
    query = QueryDict(
        "verdict=any_stop&q=a+b&stage=sold&page=2&completeness=&needs=money"
    )
    with scope(organization=cast.ours.organization):
        form = read_filter(query)

        assert form.query == "needs=money&q=a+b&verdict=any_stop"
        assert form.in_words == (
            "Verdict: Stop fine-tuning; Attention: Money at risk; "
            "Name, person or verdict: a b"
        )


@pytest.mark.once
@pytest.mark.parametrize("query", ["", "stage=live&q=a%22%3Cb&verdict=distil"])
def test_plain_fields_are_drawn_as_crispy_forms_draws_them(
    cast: Cast, query: str
) -> None:
    with scope(organization=cast.ours.organization):
        form = read_filter(QueryDict(query))
        plain = form.plain_fields(without="team")
        values = {"fields": plain, "prefix": "narrow"}
        ours = render_to_string("components/site/plain_fields.html", values)
        theirs = "".join(
            as_crispy_field(field)
            for field in form.shown(without="team", auto_id="narrow_%s")
        )

    assert len(plain) == 11
    assert elements_of(ours) == elements_of(theirs)


@pytest.mark.once
@pytest.mark.parametrize(
    ("query", "is_open"),
    [
        ({}, False),
        thorough(({"stage": "live"}, False)),
        ({"completeness": "open"}, True),
    ],
)
def test_rare_filters_are_folded_until_one_of_them_is_set(
    client: Client, query: dict[str, str], is_open: bool
) -> None:
    folds = page(client, **query).split('<details class="filters-more"')[1:]

    assert len(folds) == 2
    for fold in folds:
        assert fold.partition(">")[0].strip() == ("open" if is_open else "")
        within = re.findall(r'<select name="(\w+)"', fold.partition("</details>")[0])
        assert {*within} == RARE


@pytest.mark.thorough
@pytest.mark.once
def test_pack_of_the_filters_is_asked_for_in_the_head(
    client: Client,
) -> None:
    said = page(client, q="nowhere", stage="live")

    assert 'id="pack"' in said.partition('id="lead"')[2].partition('id="tab"')[0]
    sent = re.findall(r'form="pack" name="(\w+)" value="(\w+)"', said)
    assert dict(sent) == {"q": "nowhere", "stage": "live"}


@pytest.mark.once
def test_refused_filter_is_drawn_with_its_reason(cast: Cast, client: Client) -> None:
    with scope(organization=cast.ours.organization):
        assert read_filter(QueryDict("stage=gone")).plain_fields() == ()

    assert page(client, stage="gone").count("Select a valid choice") == 2


def test_form_shares_no_choices_with_another(cast: Cast) -> None:
    ours, theirs = cast.ours.organization, cast.theirs.organization

    def offered(organization: Any, query: str) -> Any:
        with scope(organization=organization):
            form = read_filter(QueryDict(query))
            form.fields["state"].widget.attrs["class"] = organization.slug
            return form, {
                name: [str(word) for _, word in getattr(field, "choices", ())]
                for name, field in form.fields.items()
            }

    form, before = offered(ours, "state=draft")
    other, of_others = offered(theirs, "")
    _, again = offered(ours, "")

    assert before == again
    assert before["team"] != of_others["team"]
    assert before["state"] == of_others["state"]
    assert form.fields["state"].widget.attrs == {"class": ours.slug}
    assert other.fields["state"].widget.attrs == {"class": theirs.slug}
    assert "class" not in type(form).base_fields["state"].widget.attrs
