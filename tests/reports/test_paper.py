"""The board paper: its pages, its text, its form, and what it refuses to fetch."""

from dataclasses import replace
from typing import Any

import pytest
from django_scopes import scope

from audits.reports.context import Paper, build_paper
from audits.reports.pdf_client import render_paper
from audits.reports.typesetting.packaged import packaged_file
from audits.services.answers.answers import save_answers
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.examples import thorough
from tests.printed import Printed
from tests.reports.papers import pdf_of
from tests.scoring.worked_cases import FIRM_RETRIEVAL_CASE, TRAINING_CASE

pytestmark = pytest.mark.once

HOSTILE = "<img src=http://127.0.0.1:9/x><link rel=attachment href=file:///etc/passwd>"


@pytest.fixture
def paper(cast: Cast) -> Paper:
    with scope(organization=cast.ours.organization):
        return build_paper(cast.ours.submitted)


@pytest.mark.thorough
def test_paper_gathers_the_frozen_verdict(cast: Cast, paper: Paper) -> None:
    assert paper.title == "Northgate handbook: use retrieval"
    assert paper.reference == "UC-0002"
    assert paper.author == cast.ours.contributor.name
    assert paper.assessment.verdict == "rag"
    labels = [row.label for row in paper.answers]
    assert len(labels) == len(FIRM_RETRIEVAL_CASE)


def test_paper_of_a_draft_is_refused(cast: Cast) -> None:
    with pytest.raises(ValueError, match="made of a submitted audit"):
        build_paper(cast.ours.draft)


@pytest.mark.thorough
def test_first_page_is_the_summary_and_the_appendix_follows(paper: Paper) -> None:
    reader = Printed(pdf_of(paper))

    first = reader.words[0]
    assert paper.title in first
    assert f"{paper.assessment.named.name}{paper.one.recommended}" in first
    advice = f"{paper.assessment.named.name}{paper.one.recommendation}"
    assert advice in " ".join(reader.words[1:])
    assert "A1 How the verdict was reached" not in first
    assert "A1 How the verdict was reached" in reader.words[1]
    assert len(reader.words) <= 6
    assert paper.assessment.content_hash in reader.words[-1]


@pytest.mark.thorough
def test_words_are_those_that_another_reader_finds(paper: Paper) -> None:
    reader = Printed(pdf_of(paper))

    found = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert [*reader.words] == found


@pytest.mark.thorough
@pytest.mark.parametrize("answers", [thorough(TRAINING_CASE), {"goal": "unknown"}])
def test_summary_is_one_page_for_other_verdicts(
    cast: Cast, answers: dict[str, object]
) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        audit, _ = save_answers(
            audit=tenant.draft, by=tenant.contributor, answers=answers
        )
        audit = submit_audit(audit=audit, by=tenant.contributor)

        reader = Printed(render_paper(build_paper(audit)))

    assert "A1 How the verdict was reached" in reader.words[1]


def test_first_sentence_of_the_decision_leads_it(paper: Paper) -> None:
    said = "Agree to use it. This asks for $4.50 now. It frees nothing."
    one = replace(paper.one, decision_asked=said)
    written = replace(one, written=("decision_asked",))

    # What is paid now may not be all of it.
    assert one.decision_lead == "Agree to use it."
    assert (one.amount, one.terms) == ("This asks for $4.50 now.", "It frees nothing.")
    assert (written.decision_lead, written.amount, written.terms) == (said, "", "")


@pytest.mark.thorough
def test_what_lies_above_a_sum_that_is_asked_for_comes_back(paper: Paper) -> None:
    asks = "Agree to use it. This asks for $9 ($5 to $30). It goes on."
    one = replace(paper.one, decision_asked=asks, money_note="", standing="")
    back = "Anything above the sum comes back to the board."

    assert one.terms == f"It goes on. {back}"
    assert back not in replace(one, decision_asked="Agree to use it. It goes on.").terms
    assert replace(one, written=("decision_asked",)).terms == ""


@pytest.mark.thorough
def test_paper_is_tagged_for_screen_readers(paper: Paper) -> None:
    reader = Printed(pdf_of(paper))

    root: Any = reader.root_object
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == paper.title
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    outline: Any = reader.outline
    assert outline[0]["/Title"] == paper.title


@pytest.mark.thorough
def test_every_font_is_ours_and_embedded(paper: Paper) -> None:
    reader = Printed(pdf_of(paper))

    pages: Any = reader.pages
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]: font.get_object()
        for page in pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert {name.rstrip(",") for name in fonts} <= {
        "Inter",
        "Inter-Semi-Bold",
        "Source-Serif-4",
        "Source-Serif-4-Semi-Bold",
    }
    for font in fonts.values():
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


@pytest.mark.thorough
def test_equal_papers_give_equal_bytes(paper: Paper) -> None:
    assert render_paper(paper) == render_paper(paper)


@pytest.mark.thorough
def test_markup_in_a_paper_is_text_and_fetches_nothing(paper: Paper) -> None:
    pdf = render_paper(replace(paper, title=HOSTILE, team=HOSTILE))

    reader = Printed(pdf)
    assert "<img src=http://127.0.0.1:9/x>" in reader.words[0]
    assert list(reader.attachments) == ["assessment.json"]


@pytest.mark.parametrize(
    "url",
    [
        "app://fonts/../css/app.css",
        "app://fonts/../../config/settings.py",
        "app://css/app.css",
        "app://fonts/",
        "app://icons/no-such.svg",
        "file:///etc/passwd",
        "http://127.0.0.1:9/",
        "data:text/plain,x",
    ],
)
def test_only_packaged_files_are_served(url: str) -> None:
    assert packaged_file(url) is None


def test_packaged_files_are_served() -> None:
    file = packaged_file("app://fonts/inter-400.ttf")

    assert file is not None
    assert file.name == "inter-400.ttf"


def test_trace_keeps_names_as_they_are_written(paper: Paper) -> None:
    reader = Printed(pdf_of(paper))

    appendix = " ".join(reader.words[1:])
    sources = {row.source for row in paper.trace if row.has_fired}
    assert sources
    assert all(source in appendix for source in sources)
    assert "openai" not in appendix
    [decided] = [row.rule for row in paper.trace if row.decides]
    assert (
        f"A1 How the verdict was reached The verdict rule “{decided}” decided."
        in appendix
    )
    for said in paper.long_readings:
        assert " ".join(said.split()) in appendix
