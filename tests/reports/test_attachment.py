"""The file in a paper: what it holds, and how the PDF tells of it."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django_scopes import scope
from pikepdf import Pdf
from pypdf import PdfReader

from audits.reports.context import Paper, build_paper
from audits.reports.pdf_client import render_paper
from audits.scoring.exchange import document
from tests.casting import Cast
from tests.scoring.worked_cases import RETRIEVAL_CASE

pytestmark = pytest.mark.once


@pytest.fixture
def paper(cast: Cast) -> Paper:
    with scope(organization=cast.ours.organization):
        return build_paper(cast.ours.submitted)


def values_of(paper: Paper) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(paper.attachment.content)
    return values


def test_file_holds_the_whole_assessment_and_all_that_was_given(paper: Paper) -> None:
    values = values_of(paper)

    assert document.load(values["assessment"]) == paper.assessment
    assert values["given"]["answers"] == RETRIEVAL_CASE
    assert values["given"]["on"] == str(paper.assessment.on)
    assert values["framework"] == {
        "name": paper.assessment.framework,
        "version": paper.assessment.version,
        "hash": paper.assessment.content_hash,
    }
    assert values["report"]["number"] == "UC-0002"


def test_answers_hash_is_that_of_what_was_given(paper: Paper) -> None:
    given = values_of(paper)["given"]
    text = json.dumps(given, sort_keys=True, separators=(",", ":"))

    expected = hashlib.sha256(text.encode()).hexdigest()

    assert paper.provenance.answers_hash == expected
    assert values_of(paper)["answers_hash"] == expected


def test_answers_that_do_not_count_are_in_the_file_too(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        audit = cast.ours.submitted
        audit.answers["latency_evidence"] = {"value": "missed"}

        paper = build_paper(audit)

    assert "latency_evidence" not in paper.assessment.codes
    assert values_of(paper)["given"]["answers"]["latency_evidence"] == "missed"


def test_file_names_no_person_and_no_organization(cast: Cast, paper: Paper) -> None:
    text = paper.attachment.content.decode()

    for name in ("Northgate", cast.ours.contributor.name, cast.ours.contributor.email):
        assert name not in text


def test_pdf_says_that_the_file_is_its_source(paper: Paper) -> None:
    dated = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
    attachment = replace(paper.attachment, dated=dated)

    with Pdf.open(BytesIO(render_paper(replace(paper, attachment=attachment)))) as pdf:
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
        assert params.CreationDate == params.ModDate == "D:20261124123000Z"


def test_last_page_prints_what_to_compare(paper: Paper) -> None:
    reader = PdfReader(BytesIO(render_paper(paper)))

    said = " ".join(reader.pages[-1].extract_text().split())

    assert f"Answers hash {paper.provenance.answers_hash}" in said
    assert f"Framework hash {paper.provenance.framework_hash}" in said
    assert "assessment.json is attached." in said
