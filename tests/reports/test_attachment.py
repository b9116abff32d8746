"""The file in a paper: what it holds, and how the PDF tells of it."""

import hashlib
import json
import re
from datetime import UTC
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.utils.html import strip_tags
from django_scopes import scope
from pikepdf import Pdf

from audits.landscape.loader import built_in
from audits.models import Cover
from audits.reports.context import Paper, build_paper, record_line_of
from audits.reports.pdf_client import to_html
from audits.scoring.exchange import document
from audits.scoring.options.option_briefs import brief
from audits.services.answers.answers import save_answers
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.printed import Printed
from tests.reports.papers import pdf_of
from tests.scoring.worked_cases import FIRM_RETRIEVAL_CASE, TRAINING_CASE
from tests.scoring.worked_numbers import TUNED_BY_TOKEN

pytestmark = pytest.mark.once


@pytest.fixture
def paper(cast: Cast) -> Paper:
    with scope(organization=cast.ours.organization):
        return build_paper(cast.ours.submitted)


def values_of(paper: Paper) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(paper.attachment.content)
    return values


@pytest.mark.thorough
def test_file_holds_the_whole_assessment_and_all_that_was_given(paper: Paper) -> None:
    values = values_of(paper)

    assert document.load(values["assessment"]) == paper.assessment
    assert values["given"]["answers"] == FIRM_RETRIEVAL_CASE
    assert values["given"]["on"] == str(paper.assessment.on)
    assert values["framework"] == {
        "name": paper.assessment.framework,
        "version": paper.assessment.version,
        "hash": paper.assessment.content_hash,
    }
    assert values["report"]["number"] == "UC-0002"


@pytest.mark.thorough
def test_file_holds_the_decision_and_the_record_line_that_the_paper_prints(
    cast: Cast,
) -> None:
    with scope(organization=cast.ours.organization):
        line = record_line_of(cast.ours.report)
        paper = build_paper(cast.ours.submitted, record=line)

    assert line is not None
    values = values_of(paper)
    assert values["page_1"]["decision"] == paper.one.decision_asked
    assert values["page_1"]["decision_by"] == "framework"
    assert values["report"]["record"] == {"line": line.number, "digest": line.digest}


@pytest.mark.thorough
def test_file_holds_the_amounts_and_the_words_that_page_1_prints(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        audit, _ = save_answers(
            audit=tenant.draft, by=tenant.contributor, answers=TRAINING_CASE
        )
        audit.numbers = {q: {"value": value} for q, value in TUNED_BY_TOKEN.items()}
        audit.save(update_fields=["numbers"])
        audit = submit_audit(audit=audit, by=tenant.contributor)
        audit.refresh_from_db()
        cover = Cover(decision_asked="Spend $40,000 by May.")
        paper = build_paper(audit, cover=cover)

    says = values_of(paper)["page_1"]
    said = " ".join(strip_tags(to_html(paper, "s100")).split())
    page_one = said.partition("What changes it")[0]
    assert (says["decision"], says["decision_by"]) == (cover.decision_asked, "author")
    assert paper.money
    # What the board has to know of the sum; the rest of the note is in the appendix.
    assert unescape(paper.money.asks) in unescape(page_one)
    assert unescape(says["note"]) in unescape(said)
    assert says["amounts"]
    for row in says["amounts"]:
        year = row["year"]
        numbers = (
            row["once"],
            row["running"],
            year["expected"],
            year["low"],
            year["high"],
        )
        assert f"{row['plan']} {' '.join(numbers)}" in unescape(page_one)
    # The author's sentence names no amount, so the note says what is asked for.
    assert paper.money.asks in says["note"]
    assert says["options"]
    # Page 1 has one range and few words for each option, the appendix has all of it.
    page_one, said = unescape(page_one), unescape(said)
    for row in says["options"]:
        amount, _, span = row["cost"].partition(" (")
        assert row["option"].partition(": ")[0] in page_one
        assert (span.removesuffix(")") or amount) in page_one or amount in page_one
        why, is_dearer = row["why"], row["why"].endswith("costs no less")
        # Page 1 says by how much, in the row of the option.
        name = re.escape(row["option"].partition(": ")[0])
        by = rf"{name} [\d,]+ [\d,–]+ (Costs|Needs 10 examples;) [\d,]+ more"
        dearer = is_dearer and re.search(by, page_one)
        assert dearer or brief(why) in page_one or why in said


def test_answers_hash_is_that_of_what_was_given(paper: Paper) -> None:
    given = values_of(paper)["given"]
    text = json.dumps(given, sort_keys=True, separators=(",", ":"))

    expected = hashlib.sha256(text.encode()).hexdigest()

    assert paper.provenance.answers_hash == expected
    assert values_of(paper)["answers_hash"] == expected


@pytest.mark.thorough
def test_answers_that_do_not_count_are_in_the_file_too(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        audit = cast.ours.submitted
        audit.answers["latency_evidence"] = {"value": "missed"}

        paper = build_paper(audit)

    assert "latency_evidence" not in paper.assessment.codes
    assert values_of(paper)["given"]["answers"]["latency_evidence"] == "missed"


@pytest.mark.thorough
def test_file_names_no_person_and_no_organization(cast: Cast, paper: Paper) -> None:
    text = paper.attachment.content.decode()

    for name in ("Northgate", cast.ours.contributor.name, cast.ours.contributor.email):
        assert name not in text


@pytest.mark.thorough
def test_pdf_says_that_the_file_is_its_source(paper: Paper) -> None:
    dated = paper.attachment.dated.astimezone(UTC)

    with Pdf.open(BytesIO(pdf_of(paper))) as pdf:
        [(name, attached)] = pdf.attachments.items()
        spec: Any = attached.obj
        related: Any = pdf.Root["/AF"]

        assert name == attached.filename == "assessment.json"
        assert attached.description == paper.attachment.description
        assert attached.get_file().read_bytes() == paper.attachment.content
        assert attached.get_file().mime_type == "application/json"
        assert (spec.F, spec.UF) == ("assessment.json", "assessment.json")
        assert spec.AFRelationship == "/Source"
        assert [item.objgen for item in related] == [spec.objgen]
        params: Any = attached.get_file().obj["/Params"]
        assert params.CreationDate == params.ModDate == f"D:{dated:%Y%m%d%H%M%S}Z"


@pytest.mark.thorough
def test_last_page_prints_what_to_compare(paper: Paper) -> None:
    said = Printed(pdf_of(paper)).words[-1]

    assert f"Answers hash {paper.provenance.answers_hash}" in said
    assert f"Framework hash {paper.provenance.framework_hash}" in said
    landscape = built_in()
    day = f"{landscape.as_of.day} {landscape.as_of:%B %Y}"
    printed = f"Market facts hash {landscape.sha256}, of the file of {day}"
    assert printed in said
    assert "assessment.json is attached." in said
