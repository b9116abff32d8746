"""Two people write page 1, and its history."""

from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from audits.models import CoverVersion, Role
from audits.services.due.covers import cover_of
from audits.services.papers.covers import save_cover
from audits.services.reviews.audits import reopen_audit
from tests.casting import Cast
from tests.pages import html_of
from tests.reports.covers.test_cover import FULL, url
from tests.signed_in import sign_in

__all__ = ["url"]  # a fixture


def _opened(client: Client, url: str) -> dict[str, str]:
    """Return a page 1 as everyone is shown it: its fields, as they were at first."""
    form = client.get(url).context["form"]
    fields = {field.html_name: field.value() or "" for field in form}
    return fields | {f"initial-{name}": value for name, value in fields.items()}


@pytest.fixture
def colleague(cast: Cast) -> Client:
    other = Client()
    sign_in(other, cast.ours.people[Role.REVIEWER])
    return other


@pytest.mark.thorough
def test_two_authors_of_page_1_keep_what_each_wrote(
    cast: Cast, client: Client, colleague: Client, url: str
) -> None:
    mine = theirs = _opened(client, url)

    colleague.post(url, theirs | {"why_now": "The contract ends in May."})
    client.post(url, mine | {"sponsor": "R. Adeyemi, Claims"})

    with scope(organization=cast.ours.organization):
        cover = cover_of(cast.ours.submitted)
    assert cover.why_now == "The contract ends in May."
    assert cover.sponsor == "R. Adeyemi, Claims"


@pytest.mark.parametrize("field", ["why_now", "risk_1", "decide_by"])
def test_author_of_page_1_overwrites_nothing_unseen(
    cast: Cast, client: Client, colleague: Client, url: str, field: str
) -> None:
    first, second = "The contract ends in May.", "Training starts in January."
    if field == "decide_by":
        first, second = "2026-12-09", "2026-12-16"
    mine = theirs = _opened(client, url)
    colleague.post(url, theirs | {field: first})

    told = client.post(url, mine | {field: second})
    page = html_of(told)

    assert told.status_code == 409
    assert f"It is now “{first}”. Save again to replace it with yours." in page
    assert second in page
    assert told.context["form"][field].value() == second
    assert str(client.get(url).context["form"][field].initial) == first

    again = {bound.html_name: bound.value() or "" for bound in told.context["form"]} | {
        name: value
        for name, value in told.context["form"].data.items()
        if name.startswith("initial-")
    }
    assert client.post(url, again).status_code == 302
    assert str(client.get(url).context["form"][field].value()) == second


def test_page_1_sent_twice_is_saved_once(cast: Cast, client: Client, url: str) -> None:
    sent = _opened(client, url) | {"why_now": "The contract ends in May."}

    assert [client.post(url, sent).status_code for _ in range(2)] == [302, 302]


@pytest.mark.thorough
def test_page_1_carries_what_it_showed_at_first(client: Client, url: str) -> None:
    client.post(url, FULL)

    page = html_of(client.get(url))

    assert (
        f'<input type="hidden" name="initial-why_now" value="{FULL["why_now"]}"' in page
    )


@pytest.mark.thorough
def test_words_for_an_audit_that_was_opened_again_are_given_back(
    cast: Cast, client: Client, url: str
) -> None:
    sent = _opened(client, url) | {"why_now": "The contract ends in May."}
    with scope(organization=cast.ours.organization):
        reopen_audit(audit=cast.ours.submitted, by=cast.ours.contributor)

    page = html_of(client.post(url, sent, follow=True))

    assert "You wrote: Why now (optional): The contract ends in May." in page


def _again(told: Any) -> dict[str, str]:
    """Return a form that was shown again as a browser sends it."""
    fields = {field.html_name: field.value() or "" for field in told.context["form"]}
    first = {n: v for n, v in told.context["form"].data.items() if "initial-" in n}
    return fields | first


def test_words_that_only_others_changed_stay_when_a_conflict_is_settled(
    cast: Cast, client: Client, colleague: Client, url: str
) -> None:
    mine = theirs = _opened(client, url)
    words = {"meeting": "Bob's", "sponsor": "R. Adeyemi", "risk_1": "It drifts."}
    colleague.post(url, theirs | words | {"owner_1": "Ada"})

    told = client.post(url, mine | {"meeting": "Alice's"})
    saved = client.post(url, _again(told))

    assert (told.status_code, saved.status_code) == (409, 302)
    with scope(organization=cast.ours.organization):
        cover = cover_of(cast.ours.submitted)
    assert (cover.meeting, cover.sponsor) == ("Alice's", "R. Adeyemi")
    assert cover.risks == [{"text": "It drifts.", "owner": "Ada"}]


@pytest.mark.thorough
def test_two_authors_write_a_risk_each(
    cast: Cast, client: Client, colleague: Client, url: str
) -> None:
    client.post(url, FULL)
    mine = theirs = _opened(client, url)

    colleague.post(url, theirs | {"risk_2": "It drifts."})
    saved = client.post(url, mine | {"risk_3": "It costs more."})

    assert saved.status_code == 302
    with scope(organization=cast.ours.organization):
        risks = [risk["text"] for risk in cover_of(cast.ours.submitted).risks]
    assert risks == [FULL["risk_1"], "It drifts.", "It costs more."]


@pytest.mark.thorough
def test_risk_that_moved_up_is_not_taken_for_the_one_that_went(
    cast: Cast, client: Client, colleague: Client, url: str
) -> None:
    client.post(url, FULL | {"risk_2": "It drifts."})
    mine = theirs = _opened(client, url)

    colleague.post(url, theirs | {"risk_2": "It drifts far."})
    saved = client.post(url, mine | {"risk_1": "", "owner_1": ""})

    assert saved.status_code == 302
    with scope(organization=cast.ours.organization):
        risks = [risk["text"] for risk in cover_of(cast.ours.submitted).risks]
    assert risks == ["It drifts far."]


@pytest.mark.parametrize("reworded", ["It drifts.", "It drifts far."])
def test_risk_that_moved_up_is_not_kept_in_silence_when_it_is_cleared(
    cast: Cast, client: Client, colleague: Client, url: str, reworded: str
) -> None:
    client.post(url, FULL | {"risk_2": "It drifts."})
    mine = theirs = _opened(client, url)
    colleague.post(url, theirs | {"risk_1": "", "owner_1": "", "risk_2": reworded})

    told = client.post(url, mine | {"risk_2": ""})
    shown = told.context["form"]["risk_1"].value()
    saved = client.post(url, _again(told) | {"risk_1": ""})

    assert (told.status_code, saved.status_code) == (409, 302)
    assert "the risk that you cleared here may have moved" in html_of(told)
    assert shown == reworded
    with scope(organization=cast.ours.organization):
        assert cover_of(cast.ours.submitted).risks == []


@pytest.mark.thorough
def test_two_authors_who_clear_the_same_risk_agree(
    cast: Cast, client: Client, colleague: Client, url: str
) -> None:
    client.post(url, FULL | {"risk_2": "It drifts."})
    mine = theirs = _opened(client, url)

    colleague.post(url, theirs | {"risk_2": ""})
    saved = client.post(url, mine | {"risk_2": ""})

    assert saved.status_code == 302
    with scope(organization=cast.ours.organization):
        risks = [risk["text"] for risk in cover_of(cast.ours.submitted).risks]
    assert risks == [FULL["risk_1"]]


def test_words_that_were_replaced_are_in_the_history_and_can_be_used_again(
    cast: Cast, client: Client, colleague: Client, url: str
) -> None:
    words = {"meeting": "Bob's meeting", "decide_by": "2026-12-09", "risk_1": "Drift."}
    colleague.post(url, _opened(colleague, url) | words)
    client.post(
        url, _opened(client, url) | {"meeting": "", "decide_by": "", "risk_1": ""}
    )

    shown = client.get(url)
    page = html_of(shown)
    [_, first] = shown.context["lines"]
    filled = client.get(url, {"version": str(first.version.public_id)})
    kept = client.post(url, _again(filled))

    assert "<strong>Meeting and date:</strong> <bdi>Bob&#x27;s meeting</bdi>" in page
    assert "<strong>Decide by:</strong> <bdi>9 December 2026</bdi>" in page
    assert "<strong>Risks:</strong> <bdi>Drift. (no owner)</bdi>" in page
    assert "Save page 1 to use them again" in html_of(filled)
    assert kept.status_code == 302
    with scope(organization=cast.ours.organization):
        assert cover_of(cast.ours.submitted).meeting == "Bob's meeting"
        assert cover_of(cast.ours.submitted).risks == [{"text": "Drift.", "owner": ""}]


@pytest.mark.on_both
def test_history_of_page_1_has_older_pages(
    cast: Cast, client: Client, url: str
) -> None:
    client.post(url, FULL | {"meeting": "Meeting 0"})
    with scope(organization=cast.ours.organization):
        for number in range(1, 11):
            save_cover(
                audit=cast.ours.submitted,
                by=cast.ours.contributor,
                fields={"meeting": f"Meeting {number}"},
            )
    client.post(url, FULL | {"meeting": "Meeting 11"})

    assert "<bdi>Meeting 0</bdi>" not in html_of(client.get(url))
    assert "<bdi>Meeting 0</bdi>" in html_of(client.get(url, {"page": 2}))


@pytest.mark.on_both
def test_version_of_another_page_1_is_not_shown(
    cast: Cast, client: Client, url: str
) -> None:
    theirs = cast.theirs
    with scope(organization=theirs.organization):
        fields = {"meeting": "Zanzibar"}
        save_cover(audit=theirs.submitted, by=theirs.contributor, fields=fields)
        version = CoverVersion.objects.get().public_id

    for named in (str(version), "x", ""):
        assert "Zanzibar" not in html_of(client.get(url, {"version": named}))
