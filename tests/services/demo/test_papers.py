"""Papers of the demo and the sample company are complete, and not too long."""

from dataclasses import replace

import pytest
from django_scopes import scope

from audits.frameworks.loading.loader import shipped
from audits.models import Audit, Organization
from audits.reports.context import Paper, build_paper
from audits.reports.packs.pack_context import build_pack
from audits.reports.pdf_client import manuscript_of_pack, render_paper
from audits.reports.tasks import queue_pack
from audits.scoring.exchange.verification import verify
from audits.services.demo import demo, sample
from tests.copies import Copies
from tests.examples import thorough
from tests.loaded_demo import DEMO, SAMPLE
from tests.printed import Printed
from tests.reports.papers import typesetter

pytestmark = pytest.mark.once

# Their appendix is set as close as it can be, or it would have a page more.
FULLEST = ("Search relevance", "Product names", "Fraud notes")


def papers_of(loaded: Copies, slug: str) -> dict[str, Paper]:
    loaded.put()
    with scope(organization=Organization.objects.get(slug=slug)):
        audits = Audit.objects.with_use_case().exclude(submitted_at=None)
        return {audit.use_case.name: build_paper(audit) for audit in audits}


@pytest.mark.parametrize(
    ("loaded", "slug", "count"),
    [
        # tests/scoring/exchange/test_verification.py reproduces published cases.
        thorough(pytest.param(DEMO, demo.SLUG, 47, id="published cases")),
        pytest.param(SAMPLE, sample.SLUG, 12, id="sample company"),
    ],
)
def test_every_paper_of_the_demo_is_reproduced(
    db: None, loaded: Copies, slug: str, count: int
) -> None:
    outcomes = {
        name: verify(paper.attachment.content, shipped()).outcome
        for name, paper in papers_of(loaded, slug).items()
    }

    assert len(outcomes) == count
    assert set(outcomes.values()) == {"reproduced"}


@pytest.mark.parametrize(
    "names", [FULLEST, thorough(pytest.param(()))], ids=["fullest", "all"]
)
def test_every_paper_of_the_sample_company_keeps_to_five_pages_and_columns_apart(
    db: None, names: tuple[str, ...]
) -> None:
    papers = papers_of(SAMPLE, sample.SLUG)
    printed = {name: Printed(render_paper(papers[name])) for name in names or papers}
    counted = {name: len(paper.pages) for name, paper in printed.items()}

    assert len(counted) == (len(names) or 12)
    assert max(counted.values()) <= 5, counted
    assert not {name: paper.close for name, paper in printed.items() if paper.close}


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
            by=audits[0].submitted_by,
            audits=audits.order_by(*order),
            filters="",
            meeting="",
            since="",
        )
        # Each paper has a page of its own, whatever is around them.
        made = replace(build_pack(pack), papers=())

    pages = Printed(typesetter().pdf_of(manuscript_of_pack(made), max_pages=9)).words

    assert min(len(page.split()) for page in pages) > 200
