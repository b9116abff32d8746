"""Views of the portfolio that a member saves."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Role, SavedView
from audits.services.portfolio.saved_views import MOST, save_view
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import let_prove, sign_in

URL = "/portfolio/views/"


def saved(cast: Cast) -> list[tuple[str, str]]:
    with scope(organization=cast.ours.organization):
        views = SavedView.objects.exclude(pk=cast.ours.view.pk)
        return list(views.values_list("name", "query"))


def test_view_is_saved_with_its_filter_and_order_and_listed(
    cast: Cast, client: Client
) -> None:
    query = "?verdict=any_stop&unheard=of&sort=-spend&page=3"
    said = html_of(client.get(URL + query))
    assert "Verdict: Stop fine-tuning, sorted by Current plan, highest first." in said

    response = client.post(URL + query, {"name": "Money to stop"})

    kept = "verdict=any_stop&sort=-spend"
    assert response["Location"] == f"/portfolio/?{kept}"
    assert saved(cast) == [("Money to stop", kept)]
    link = (
        f'<a href="/portfolio/?{kept.replace("&", "&amp;")}"><bdi>Money to stop</bdi>'
    )
    assert link in html_of(client.get("/portfolio/"))


@pytest.mark.on_both
def test_view_of_the_same_name_is_replaced(cast: Cast, client: Client) -> None:
    client.post(f"{URL}?stage=live", {"name": "Mine"})
    client.post(URL, {"name": "Mine"})

    assert saved(cast) == [("Mine", "")]


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("", "Enter a name for the view"),
        (
            "x" * 61,
            "Name of the view: use 60 characters or fewer; it is 1 character too long",
        ),
    ],
)
def test_name_that_does_not_fit_is_refused_with_what_would(
    cast: Cast, client: Client, name: str, refusal: str
) -> None:
    response = client.post(URL, {"name": name})

    assert response.status_code == 422
    assert refusal in html_of(response)
    assert saved(cast) == []


def test_views_are_bounded(cast: Cast, client: Client) -> None:
    for number in range(MOST - 1):
        client.post(URL, {"name": f"View {number}"})

    response = client.post(URL, {"name": "One more"})

    assert f"You already have {MOST} saved views" in html_of(response)
    assert len(saved(cast)) == MOST - 1


@pytest.mark.thorough
def test_view_is_its_owners_alone(cast: Cast, client: Client) -> None:
    client.post(URL, {"name": "Mine alone"})
    with scope(organization=cast.ours.organization):
        view = SavedView.objects.latest("pk")
    colleague = Client()
    sign_in(colleague, cast.ours.people[Role.ADMIN])
    let_prove(colleague, cast.ours.people[Role.ADMIN])

    for path in (URL, "/portfolio/", "/portfolio/calendars/"):
        assert "Mine alone" not in html_of(colleague.get(path))
    removed = colleague.post(reverse("remove_saved_view", args=[view.public_id]))
    assert removed.status_code == 404
    made = colleague.post("/portfolio/calendars/", {"view": view.public_id})
    assert "Select one of your saved views" in html_of(made)
    assert len(saved(cast)) == 1


def test_view_is_removed(cast: Cast, client: Client) -> None:
    client.post(URL, {"name": "Mine"})
    with scope(organization=cast.ours.organization):
        view = SavedView.objects.latest("pk")

    client.post(reverse("remove_saved_view", args=[view.public_id]))

    assert saved(cast) == []


def test_filter_too_long_to_be_saved_is_refused_in_words(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        member = cast.ours.contributor.memberships.get()
        with pytest.raises(ValidationError, match="too long to save"):
            save_view(member=member, name="Longer", query="q=" + "x" * 600)

    assert saved(cast) == []
