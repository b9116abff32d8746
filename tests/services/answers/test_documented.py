"""A level above asserted counts only as long as a link or file is behind it."""

from collections.abc import Iterator

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from audits.reports.context import build_paper
from audits.scoring.told.undocumented import COUNT_AS
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.evidence import add_link, remove_evidence
from audits.services.answers.merging import Sender, Sent
from audits.services.papers.annexed import annexed
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.resubmissions import inputs_of
from audits.services.verdicts.assessments import assess_today
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.candidates.told_pages import told_pages


@pytest.fixture
def draft(cast: Cast) -> Iterator[Audit]:
    with scope(organization=cast.ours.organization):
        audit = cast.ours.draft
        sent = {
            ("answer", "eval"): Sent(value="solid_set"),
            ("level", "eval"): Sent(value="documented"),
        }
        by = cast.ours.contributor
        yield save_entries(audit=audit, by=by, sent=sent, sender=Sender()).audit


def level(audit: Audit) -> str:
    return assess_today(fresh_audit(audit)).levels["eval"]


def test_documented_without_link_or_file_counts_as_asserted(draft: Audit) -> None:
    assert level(draft) == "asserted"
    assert draft.levels["eval"]["value"] == "documented"


@pytest.mark.thorough
def test_measured_by_hand_with_nothing_to_show_counts_as_asserted(
    cast: Cast, draft: Audit
) -> None:
    by = cast.ours.contributor
    sent = {("level", "eval"): Sent(value="measured")}
    save_entries(audit=draft, by=by, sent=sent, sender=Sender())
    alone = level(draft)
    link = "https://example.org/counts"
    add_link(audit=fresh_audit(draft), by=by, question="eval", link=link, name="")

    assert (alone, level(draft)) == ("asserted", "measured")


@pytest.mark.thorough
def test_link_lets_it_count_and_its_removal_takes_that_back(
    cast: Cast, draft: Audit
) -> None:
    by, strength = cast.ours.contributor, draft.strength
    link = add_link(
        audit=draft, by=by, question="eval", link="https://example.org/a", name=""
    )

    there = fresh_audit(draft)
    assert level(draft) == "documented"
    assert there.revision > draft.revision

    remove_evidence(evidence=link, by=by)

    assert level(draft) == "asserted"
    assert fresh_audit(draft).strength == strength


def test_link_behind_another_answer_shows_nothing(cast: Cast, draft: Audit) -> None:
    by = cast.ours.contributor
    add_link(audit=draft, by=by, question="goal", link="https://example.org", name="")

    assert level(draft) == "asserted"


@pytest.mark.on_both
def test_submission_is_read_with_the_links_of_its_time(
    cast: Cast, draft: Audit
) -> None:
    by = cast.ours.contributor
    link = "https://example.org/a"
    add_link(audit=draft, by=by, question="eval", link=link, name="")
    submit_audit(audit=fresh_audit(draft), by=by)

    submission = fresh_audit(draft).submissions.get()

    assert inputs_of(submission).levels["eval"] == "documented"


def test_every_reader_is_told(client: Client, cast: Cast, draft: Audit) -> None:
    client.force_login(cast.ours.contributor)

    said = told_pages(client, draft, cast, are_all=True)

    told = "“Test set” has no link or file: it counts as asserted."
    assert [told in page for page in said.values()] == [True] * 4
    assert "How you know: documented, as said; no link or file" in said["check"]
    submission = client.get(reverse("submission", args=[draft.pk]))
    page = " ".join(html_of(submission).split())
    assert "How you know: Documented, as said; no link or file" in page
    assert page.count(COUNT_AS) == 1
    paper = build_paper(fresh_audit(draft))
    html = render_to_string("reports/appendix/evidence.html", {"paper": paper})
    assert ">Documented, as said; no link or file</span>" in " ".join(html.split())
    annex = annexed(fresh_audit(draft))
    [entry] = [x for part in annex.parts for x in part.entries if x.unshown]
    assert (entry.label, entry.unshown) == (
        "Test set",
        "documented, as said; no link or file",
    )


@pytest.mark.thorough
def test_where_a_level_is_chosen_is_said_what_it_needs_until_something_shows_it(
    client: Client, cast: Cast, draft: Audit
) -> None:
    by = cast.ours.contributor
    client.force_login(by)
    there = reverse("question", args=[draft.pk, "eval"])
    said = "Without either, the answer counts as asserted."

    bare = html_of(client.get(there))
    link = "https://example.org/a"
    add_link(audit=fresh_audit(draft), by=by, question="eval", link=link, name="")
    shown = html_of(client.get(there))

    assert (bare.count(said), shown.count(said)) == (1, 0)
