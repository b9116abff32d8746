"""A reviewer overrides a signed verdict; the computed one stays beside it."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from django_tasks_db.models import DBTaskResult

from audits.frameworks.loading import loader
from audits.models import Audit, Event, Override, PortfolioRow, Report, Role, User
from audits.reports.annex import build_annex
from audits.reports.context import build_paper
from audits.reports.packs.pack_asked import asked_of
from audits.scoring.board.offered import verdicts_offered, why_ruled_out
from audits.scoring.exchange.provenance import digest
from audits.scoring.exchange.verification import verify
from audits.services.answers.answers import fresh_audit
from audits.services.papers.packs.board_packs import request_pack
from audits.services.papers.reports import is_current, request_report
from audits.services.reviews.opinions.overrides import (
    NotInForce,
    NotTheirs,
    OverriddenMeanwhile,
    override_verdict,
)
from audits.services.verdicts.assessments import assessment_of, framework_of
from audits.templatetags.drawings import icon
from audits.verify.forms import PaperForm
from audits.verify.newer import newer_verdict
from audits.verify.papers import VerifiedPaper
from tests.board.boards import record, sign
from tests.casting import PASSWORD, Cast
from tests.pages import html_of
from tests.queued_mails import send_queued_mails
from tests.reports.papers import words_of
from tests.reviews.conftest import client_of
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS
from tests.signed_in import sign_in

WHY = "The provider ends the model in March."


LATER = "The end was put off."


def reader(person: User) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def overridden(
    audit: Audit, by: User, verdict: str = "few_shot", words: str = WHY
) -> Audit:
    override_verdict(audit=audit, by=by, verdict=verdict, words=words, read="")
    return fresh_audit(audit)


def assert_titled(page: str, computed: str) -> None:
    """Find the verdict that counts first, and the board asked for that alone."""
    words, head = loader.current().verdicts["few_shot"], " ".join(page.split())
    title = f"{words.name}, by override"
    assert f"<title>{title}: Northgate handbook – Attune</title>" in head
    assert f'<span class="vword">{words.name}</span>, by override</h1>' in head
    assert "Computed: <strong>" in head
    assert f'class="answer v-{words.family} flow"' in head
    asked = f"Agree to “{words.name}” in place of the computed “{computed}”."
    assert head.count("For the board:</strong>") == 1
    # What serves until a model is ready is not chosen where none is trained.
    told = head.partition(f"For the board:</strong> {asked}")[2]
    assert told
    assert "what serves until the model is ready:" not in told


def assert_counted_as(client: Client, verdict: str, computed: str) -> None:
    """Find the row counted, filtered and summed by the verdict that counts alone."""
    urls = [f"{reverse('portfolio')}?verdict={x}" for x in (verdict, computed)]
    found, none = (" ".join(html_of(client.get(url)).split()) for url in urls)
    assert "Northgate handbook" in found.partition('id="table"')[2]
    assert "1 verdict is overridden: counts, money and filters have" in found
    assert "Northgate handbook" not in none.partition('id="table"')[2]
    assert "verdict is overridden" not in none


def assert_counts_as_computed(audit: Audit) -> None:
    row, framework = PortfolioRow.objects.get(audit=audit), loader.current()
    family = framework.verdicts[audit.verdict].family  # type: ignore[index]
    assert (row.override, row.urgency) == ("", framework.urgency[family])


def test_page_takes_a_signed_override_shows_both_and_takes_it_back(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        audit = sign(ours)
    url, client = reverse("override", args=[audit.pk]), client_of(cast, Role.REVIEWER)
    computed = loader.current().verdicts[audit.verdict].name  # type: ignore[index]
    sent = {"verdict": "few_shot", "words": WHY, "read": ""}

    unsigned = client.post(url, {**sent, "password": "a guess"})
    unreasoned = client.post(url, {**sent, "words": " ", "password": PASSWORD})
    with scope(organization=ours.organization):
        assert not Override.objects.exists()
    signed = client.post(url, {**sent, "password": PASSWORD})

    assert [unsigned.status_code, unreasoned.status_code] == [422, 422]
    assert "This is not your password" in html_of(unsigned)
    assert "Enter the reason" in html_of(unreasoned)
    assert signed.headers["Location"] == reverse("result", args=[audit.pk])
    page = html_of(client.get(signed.headers["Location"]))
    assert f"Override: {loader.current().verdicts['few_shot'].name}." in page
    assert f"signed off “{computed}” and alone overrode it with “Few-shot” on" in page
    assert WHY in page
    assert_titled(page, computed)
    for name, query in (
        *(("portfolio", {"verdict": "overridden"}), ("search", {"q": "few-shot"})),
        *(("use_cases", {}), ("board", {}), ("portfolio", {"verdict": "few_shot"})),
    ):
        owner = ours.contributor if name == "use_cases" else ours.people[Role.REVIEWER]
        args = [audit.pk] if name == "board" else []
        page = html_of(reader(owner).get(reverse(name, args=args), query))
        assert f"Override; computed: {computed}" in page, name
    assert_counted_as(client, "few_shot", audit.verdict)
    exported = json.loads(client.get(reverse("result_json", args=[audit.pk])).content)
    said = [exported["standing"]["override"][name] for name in ("verdict", "words")]
    assert (exported["verdict"], said) == (audit.verdict, ["few_shot", WHY])

    form = html_of(client.get(url, {"do": "back"}))
    assert "<h1>Take the override back</h1>" in " ".join(form.split()).replace(
        "> ", ">"
    ).replace(" <", "<")
    back = {"do": "back", "words": LATER, "read": "few_shot"}
    client.post(url, {**back, "password": PASSWORD})

    page = html_of(client.get(reverse("result", args=[audit.pk])))
    assert "Override:" not in page
    assert "took back the override “Few-shot” on" in page
    note = page.partition('id="override">')[2].partition("</p>")[0]
    assert str(icon("not-held")) not in note
    assert LATER in page
    timeline = html_of(client.get(reverse("timeline", args=[audit.pk])))
    assert timeline.index(LATER) < timeline.index(WHY) < timeline.index("signed off")
    exported = json.loads(client.get(reverse("result_json", args=[audit.pk])).content)
    assert exported["standing"]["override"] is None
    assert exported["standing"]["override_ended"]["words"] == LATER
    with scope(organization=ours.organization):
        rows = Override.objects.order_by("number").values_list("verdict", "computed")
        assert list(rows) == [("few_shot", audit.verdict), ("", audit.verdict)]
        assert_counts_as_computed(audit)
        lines = Event.objects.filter(verb__startswith="audit.overrid").order_by("pk")
        assert [x.verb for x in lines] == ["audit.overridden", "audit.override_ended"]
        assert WHY not in json.dumps([x.details for x in lines])


def test_only_who_may_sign_overrides_and_only_what_is_in_force(cast: Cast) -> None:
    ours = cast.ours
    reviewer = ours.people[Role.REVIEWER]
    with scope(organization=ours.organization):
        with pytest.raises(NotInForce):
            overridden(ours.submitted, reviewer)
        audit = sign(ours)
        with pytest.raises(NotTheirs):
            overridden(audit, ours.contributor)
        for verdict, words in ((audit.verdict, WHY), ("", WHY), ("few_shot", " ")):
            with pytest.raises(ValidationError):
                overridden(audit, reviewer, verdict, words)
        before = PortfolioRow.objects.filter(audit=audit).values().get()
        overridden(audit, reviewer)
        overridden(audit, reviewer)  # a double click
        with pytest.raises(OverriddenMeanwhile):
            overridden(audit, ours.people[Role.ADMIN], "prompt_long_context")
        found = Override.objects.get()
        row = PortfolioRow.objects.filter(audit=audit).values().get()

    assert (found.verdict, found.computed, found.by) == (
        "few_shot",
        audit.verdict,
        reviewer,
    )
    assert (row["verdict"], row["override"]) == (before["verdict"], "few_shot")
    assert row["ask"].startswith("Agree to “")
    url = reverse("override", args=[audit.pk])
    for role in (Role.CONTRIBUTOR, Role.VIEWER):
        client = client_of(cast, role)
        page = html_of(client.get(url)).partition("<main")[2]
        assert WHY in page
        assert "Only a reviewer can override a verdict" in page
        assert "<form" not in page
        assert client.post(url, {"verdict": "few_shot"}).status_code == 403
        assert url in html_of(client.get(reverse("result", args=[audit.pk])))
    with scope(organization=ours.organization):
        Audit.objects.filter(pk=audit.pk).update(submitted_by=reviewer)
    # Before the form is read: also what lacks a reason is refused.
    own = client_of(cast, Role.REVIEWER).post(url, {"verdict": "few_shot"})
    assert own.status_code == 403


@pytest.mark.thorough
def test_override_is_not_offered_to_who_submitted(cast: Cast) -> None:
    ours, admin = cast.ours, cast.ours.people[Role.ADMIN]
    with scope(organization=ours.organization):
        audit = sign(ours)
        Audit.objects.filter(pk=audit.pk).update(submitted_by=admin)
    url, result = (reverse(x, args=[audit.pk]) for x in ("override", "result"))

    assert url not in html_of(reader(admin).get(result))
    assert url in html_of(client_of(cast, Role.REVIEWER).get(result))
    with scope(organization=ours.organization):
        overridden(audit, ours.people[Role.REVIEWER])
    told = html_of(reader(admin).get(result)).partition(url)[2].partition("</a>")[0]
    assert "Who overrode the verdict" in " ".join(told.split())


def test_owner_is_told_by_inbox_and_email_of_an_override_and_its_end(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    ours, reviewer = cast.ours, cast.ours.people[Role.REVIEWER]
    with scope(organization=ours.organization):
        audit = sign(ours)
        DBTaskResult.objects.all().delete()
        overridden(audit, reviewer)
        override_verdict(
            audit=audit, by=reviewer, verdict="", words=LATER, read="few_shot"
        )
    send_queued_mails()

    assert [mail.to for mail in mailoutbox] == [[ours.contributor.email]] * 2
    given, back = (mail.body for mail in mailoutbox)
    assert "signed “Few-shot” in place of the computed “Retrieval (RAG)”" in given
    assert WHY in given
    assert "the computed “Retrieval (RAG)” counts again" in back
    assert LATER in back
    client = reader(ours.contributor)
    rows = html_of(client.get(reverse("inbox"), {"show": "overridden"}))
    assert rows.index(LATER) < rows.index(WHY)
    path = mailoutbox[0].body.partition("/inbox/")[2].split()[0]
    place = client.get(f"/inbox/{path}").headers["Location"]
    assert place == reverse("override", args=[audit.pk])


def test_only_verdicts_that_make_sense_are_offered() -> None:
    framework = loader.current()
    found = assessed(ANSWERS["few_shot"])
    started: dict[Any, set[str]] = {}
    for state in ("none", "in_cycle", "live_tuned", "unknown"):
        codes = {**found.codes, "state": state}
        own = replace(found, codes=codes)
        started[state] = {verdict for verdict, _ in verdicts_offered(framework, own)}

    there = {"keep", "migrate", "stop_fine_tuning"}
    assert not there & started["none"]
    assert there & started["in_cycle"] == {"stop_fine_tuning"}
    assert there <= started["live_tuned"] & started["unknown"]
    everything = {*framework.verdicts} - {found.verdict}
    assert started["none"] | there == started["live_tuned"] == everything


def test_technique_that_the_result_rules_out_is_offered_with_its_reason() -> None:
    found = assessed(ANSWERS["few_shot"])
    assert found.advice is not None
    advice = replace(found.advice, ruled_out={"prompt": "it missed the target"})
    own = replace(found, advice=advice)

    assert why_ruled_out(own, "prompt_long_context") == "it missed the target"
    assert why_ruled_out(own, "rag") == why_ruled_out(own, "keep") == ""


def test_ruled_out_verdict_is_taken_from_who_says_that_they_know(cast: Cast) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        audit = sign(ours)
        found = assessment_of(audit)
        offered = verdicts_offered(framework_of(audit), found)
        out = [each for each, _ in offered if why_ruled_out(found, each)]
    assert out
    client = client_of(cast, Role.REVIEWER)
    url = reverse("override", args=[audit.pk])
    sent = {"verdict": out[0], "words": WHY, "read": "", "password": PASSWORD}

    shown = html_of(client.get(url))
    assert shown.count("Ruled out by the result:") == len(out)
    assert shown.count("Asks for ") == shown.count('type="radio"') + 1
    refused = client.post(url, sent)
    taken = client.post(url, {**sent, "sure": "on"})

    assert "The result rules this out." in html_of(refused)
    assert (refused.status_code, taken.status_code) == (422, 302)
    with scope(organization=ours.organization):
        assert Override.objects.get().verdict == out[0]


def test_page_says_when_an_override_is_possible_and_what_the_board_decided(
    cast: Cast,
) -> None:
    ours, client = cast.ours, client_of(cast, Role.REVIEWER)
    url = reverse("override", args=[ours.submitted.pk])

    page = html_of(client.get(url)).partition("<main")[2]
    assert "once it is signed off" in " ".join(page.split())
    assert "<form" not in page
    result = reverse("result", args=[ours.submitted.pk])
    assert url not in html_of(client.get(result))
    with scope(organization=ours.organization):
        audit = sign(ours)
        assert url in html_of(client.get(result))
        record(audit, ours.contributor)
        overridden(audit, ours.people[Role.REVIEWER])

    page = " ".join(html_of(client.get(url)).split())
    assert "That decision stays as it is." in page
    board = " ".join(html_of(client.get(reverse("board", args=[audit.pk]))).split())
    assert "The board decided on “Retrieval (RAG)”, and that no longer counts." in board


def test_paper_has_both_verdicts_and_its_file_is_reproduced(cast: Cast) -> None:
    ours = cast.ours
    reviewer = ours.people[Role.REVIEWER]
    frameworks = loader.shipped()
    with scope(organization=ours.organization):
        audit = sign(ours)
        report, _ = request_report(audit=audit, by=reviewer)
        computed = build_paper(audit)
        audit = overridden(audit, reviewer)
        assert not is_current(report=Report.objects.get(pk=report.pk))
        paper = build_paper(audit)

    first, rest = words_of(paper)
    assert f"by override. Computed: {computed.assessment.named.name}" in first
    assert f"“{WHY}”" in first
    assert paper.one.override is not None
    assert f"Override: “{paper.one.override.named.name}”. {WHY}" in rest
    assert paper.assessment == computed.assessment
    if computed.money and computed.money.today != computed.money.chosen:
        assert paper.money_on_page_1 != computed.money
    raw = paper.attachment.content
    assert verify(raw, frameworks).outcome == "reproduced"
    values = json.loads(raw)
    values["page_1"]["override"]["verdict"] = "prompt_long_context"
    del values["file_hash"]
    forged = json.dumps({**values, "file_hash": digest(values)}).encode()
    assert verify(forged, frameworks).outcome == "different"
    found = verify(raw, frameworks)
    assert found.override_name == paper.one.override.named.name
    checked = {"form": PaperForm(), "verification": found}
    page = render_to_string(
        "verify/verify.html", checked | {"paper": VerifiedPaper(found, None)}
    )
    told = " ".join(page.partition("Override of the verdict")[2].split())
    assert f"<strong>{found.override_name}</strong>, signed by" in told
    assert WHY in told.partition("</tr>")[0]
    says = json.loads(raw)["page_1"]
    assert not [row for row in says["amounts"] if "recommended" in row["plan"]]
    assert not [row for row in says["options"] if "recommended" in str(row)]
    with scope(organization=ours.organization):
        annex = build_annex(audit)
        named = annex.content.verdict
        assert named
        assert named.computed == computed.assessment.named.name
        assert annex.signoffs[-1].said == f"Override: “{named.name}”. {WHY}"
        report = Report.objects.get(pk=report.pk)
        assert "overrode it with “Few-shot”" in newer_verdict(report)
        override_verdict(
            audit=audit, by=reviewer, verdict="", words=LATER, read="few_shot"
        )
        # The appendix tells both from now on.
        assert not is_current(report=Report.objects.get(pk=report.pk))
    assert "took an override back" in newer_verdict(report)


def test_pack_has_both_verdicts_and_another_override_makes_another_pack(
    cast: Cast,
) -> None:
    ours = cast.ours
    reviewer = ours.people[Role.REVIEWER]
    stranger = Client()
    sign_in(stranger, cast.theirs.people[Role.ADMIN])
    with scope(organization=ours.organization):
        audit = sign(ours)
        asked: dict[str, Any] = {"organization": ours.organization, "by": reviewer}
        audits = Audit.objects.filter(pk=audit.pk)
        before, _ = request_pack(**asked, audits=audits)
        overridden(audit, reviewer)
        pack, is_new = request_pack(**asked, audits=audits)
        same, is_newer = request_pack(**asked, audits=audits)
        [decision] = pack.decisions.select_related("audit__use_case", "pack")
        row = asked_of(decision, timezone.localdate(), None)

    assert (is_new, is_newer, same) == (True, False, pack)
    assert pack != before
    assert row.verdict.name == loader.current().verdicts["few_shot"].name
    computed = loader.current().verdicts["rag"].name
    assert f"{reviewer} signed off “{computed}” and alone overrode it" in row.overridden
    assert row.asked_in_short.startswith("Agree to “")
    refused = stranger.get(reverse("override", args=[audit.pk]))
    assert refused.status_code == 404
