"""Papers of the demo and the sample company are complete, and not too long."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.loading.loader import current, shipped
from audits.frameworks.questions import Option, Question
from audits.models import Audit, Organization, User
from audits.reports.context import Paper, build_paper
from audits.reports.one_page.changes import as_event, changes_said
from audits.reports.packs.pack_context import build_pack
from audits.reports.pdf_client import manuscript_of_pack, render_paper
from audits.reports.tasks import queue_pack
from audits.scoring.deciding.flips import Change
from audits.scoring.exchange.verification import verify
from audits.scoring.explaining.for_board import for_board
from audits.services.answers.answers import fresh_audit
from audits.services.demo import demo, sample
from audits.services.reviews.reviews import review_audit, submission_of
from tests.board.boards import in_days, record
from tests.conditions import term
from tests.copies import Copies
from tests.examples import thorough
from tests.loaded_demo import DEMO, SAMPLE
from tests.pages import html_of
from tests.printed import Printed
from tests.reports.papers import typesetter
from tests.signed_in import sign_in

pytestmark = pytest.mark.once

# Their appendix is set as close as it can be, or it would have a page more.
FULLEST = ("Search relevance", "Product names", "Fraud notes")
CONDITION = (
    "The owner shows the result of the test on 200 mails of this quarter to the head "
    "of claims before anything is switched over to the new way."
)
BOARD = (
    "The board approves it only for the three largest brokers now; the others follow "
    "once a test of 60 mails of each of them has passed, and the owner reports on it "
    "at the meeting of April."
)


def papers_of(loaded: Copies, slug: str) -> dict[str, Paper]:
    loaded.put()
    with scope(organization=Organization.objects.get(slug=slug)):
        audits = Audit.objects.with_use_case().exclude(submitted_at=None)
        return {audit.use_case.name: build_paper(audit) for audit in audits}


def changes_of(paper: Paper) -> list[tuple[str, str]]:
    """Return the questions and answers that page 1 says would change its verdict."""
    said, framework = " ".join(paper.one.changes), current()
    return [
        (question.label, option.name)
        for question in framework.questions
        for option in question.options
        if re.search(rf"(If|and) {re.escape(event(question, option))}(,| and )", said)
    ]


def told_of(paper: Paper) -> str:
    """Return what changes its verdict, without the amounts that turn its plan."""
    return changes_said(current(), paper.assessment)[0]


def event(question: Question, option: Option) -> str:
    """Return how page 1 supposes this answer."""
    change = Change(
        question=question.id,
        label=question.label,
        now="",
        option=option.id,
        then=option.name,
        way="measure",
        hours=0,
    )
    return for_board(as_event(current(), change))


def decided_with_a_condition(name: str) -> Paper:
    """Return the paper of a sample with a condition and long words of the board."""
    SAMPLE.put()
    with scope(organization=Organization.objects.get(slug=sample.SLUG)):
        audit = fresh_audit(Audit.objects.current().get(use_case__name=name))
        reviewer = User.objects.get(name="Grace Mensah")
        review_audit(
            audit=audit,
            by=reviewer,
            outcome="conditions",
            conditions=[term(audit, CONDITION)],
            submission=submission_of(audit),
            opened=True,
        )
        record(
            *(fresh_audit(audit), reviewer, "amended"),
            words=BOARD,
            amount=Decimal(15_251),
            look_on=in_days(90),
        )
        return build_paper(fresh_audit(audit))


@pytest.mark.parametrize(
    ("loaded", "slug", "count"),
    [
        # tests/scoring/exchange/test_verification.py reproduces published cases.
        thorough(pytest.param(DEMO, demo.SLUG, 47, id="published cases")),
        pytest.param(SAMPLE, sample.SLUG, 12, id="sample company"),
    ],
)
def test_every_paper_of_the_demo_is_reproduced_and_speaks_of_answers_in_words(
    db: None, loaded: Copies, slug: str, count: int
) -> None:
    papers = papers_of(loaded, slug)
    outcomes = {
        name: verify(paper.attachment.content, shipped()).outcome
        for name, paper in papers.items()
    }

    assert len(outcomes) == count
    assert set(outcomes.values()) == {"reproduced"}
    found = [row.says_how for paper in papers.values() for row in paper.one.why]
    assert len(found) > count
    assert not [said for said in found if re.search(r"\w_\w|\b[A-Z]+\d+\b", said)]
    changes = {name: changes_of(paper) for name, paper in papers.items()}
    assert sum(map(len, changes.values())) > count / 2
    # What would change a verdict is never an answer that it has already.
    assert not [
        (name, row.label, row.answer)
        for name, paper in papers.items()
        for row in paper.answers
        if (row.label, row.answer) in changes[name]
    ]


@pytest.mark.thorough
@pytest.mark.parametrize(
    "names", [FULLEST, thorough(pytest.param(()))], ids=["fullest", "all"]
)
def test_every_paper_of_the_sample_company_keeps_to_six_pages_and_columns_apart(
    db: None, names: tuple[str, ...]
) -> None:
    papers = papers_of(SAMPLE, sample.SLUG)
    printed = {name: Printed(render_paper(papers[name])) for name in names or papers}
    counted = {name: len(paper.pages) for name, paper in printed.items()}

    assert len(counted) == (len(names) or 12)
    assert max(counted.values()) <= 6, counted
    assert not [paper.touching for paper in printed.values() if paper.touching]
    assert not [paper.overhanging for paper in printed.values() if paper.overhanging]


@pytest.mark.parametrize("name", ["Quote assistant", thorough("Search relevance")])
def test_paper_with_a_condition_and_long_words_of_the_board_keeps_to_six_pages(
    db: None, name: str
) -> None:
    pages = Printed(render_paper(decided_with_a_condition(name))).words

    assert len(pages) == 6
    assert " … (A8)”" in pages[0]
    appendix = " ".join(pages[1:])
    assert BOARD in appendix
    assert CONDITION in appendix


def test_no_page_around_the_papers_of_the_first_pack_is_all_but_empty(
    db: None,
) -> None:
    SAMPLE.put()
    company = Organization.objects.get(slug=sample.SLUG)
    with scope(organization=company):
        audits = Audit.objects.current()
        order = ("portfolio_row__urgency", "use_case__name", "pk")
        pack = queue_pack(
            organization=company,
            by=User.objects.get(name="Omar Haddad"),
            audits=audits.order_by(*order),
            filters="",
            meeting="",
            since="",
        )
        # Each paper has a page of its own, whatever is around them.
        made = replace(build_pack(pack), papers=())

    pages = Printed(typesetter().pdf_of(manuscript_of_pack(made), max_pages=9)).words

    assert min(len(page.split()) for page in pages) > 200
    # What was decided is on the next page, so that the first has what is asked.
    assert "What was decided, and what became of it 2 decisions." in pages[1]
    assert "Decided before: 1 approved and not done yet, page 2." in pages[0]
    assert "need no decision: " in pages[0]


@pytest.mark.thorough
def test_page_one_says_of_no_answer_that_it_would_change_nothing_if_a6_marks_it(
    db: None,
) -> None:
    papers = papers_of(SAMPLE, sample.SLUG)
    change = {name: told_of(paper) for name, paper in papers.items()}
    first = {name: paper.one.change for name, paper in papers.items()}
    marked = {
        name: [row.label for row in paper.answers if row.moves == "verdict"]
        for name, paper in papers.items()
    }

    for said in (change, first):
        assert not [n for n in papers if said[n].startswith("No answer") and marked[n]]
    assert change["Claims handbook answers"] == (
        "Only another answer to “Where training stands” changes “Stop fine-tuning”; "
        "other answers change what is done instead."
    )
    assert marked["Claims handbook answers"] == ["Where training stands"]


@pytest.mark.thorough
def test_result_and_page_1_say_which_answer_alone_would_change_it(
    db: None,
) -> None:
    name, client = "Claims handbook answers", Client()
    paper = papers_of(SAMPLE, sample.SLUG)[name]
    with scope(organization=Organization.objects.get(slug=sample.SLUG)):
        audit = Audit.objects.current().get(use_case__name=name)
    sign_in(client, User.objects.get(name="Ingrid Vik"))

    assert told_of(paper) == (
        "Only another answer to “Where training stands” changes “Stop fine-tuning”; "
        "other answers change what is done instead."
    )
    page = html_of(client.get(reverse("result", args=[audit.pk])))
    assert f"<p>{told_of(paper)}</p>" in page
    # The plan is “Retrieval” itself in most of its months: no price of it turns that.
    assert paper.one.changes == (
        "If fewer than 216 of the 240 cases pass when tested again, “Retrieval” misses "
        "its target.",
        told_of(paper),
    )
    # As many cases as its results have, and not the fewest that its strength needs.
    assert paper.one.unknown.startswith("240 test cases. ")
    marked = [row.label for row in paper.answers if row.moves == "verdict"]
    assert marked == ["Where training stands"]


@pytest.mark.thorough
def test_paper_that_nobody_signed_off_says_who_can_and_gives_no_orders(
    db: None,
) -> None:
    paper = papers_of(SAMPLE, sample.SLUG)["Quote assistant"]

    first, *appendix = Printed(render_paper(paper)).words

    by = "sign-off by Grace Mensah or Ingrid Vik."
    assert f"The board can vote only after {by} Decide by" in first
    assert "(not asked to agree)" in first
    assert first.count("Waits for sign-off") == 1
    assert not re.search(r"\b(Correct|Enter|enter 0)\b", " ".join(appendix))
