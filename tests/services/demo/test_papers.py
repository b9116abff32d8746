"""Papers of the demo and the sample company are complete, and not too long."""

import pytest
from django_scopes import scope

from audits.frameworks.loading.loader import shipped
from audits.models import Audit, Organization
from audits.reports.context import Paper, build_paper
from audits.reports.pdf_client import render_paper
from audits.scoring.exchange.verification import verify
from audits.services.demo import demo, sample
from tests.copies import Copies
from tests.examples import thorough
from tests.loaded_demo import DEMO, SAMPLE
from tests.printed import Printed

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
def test_every_paper_of_the_sample_company_keeps_to_five_pages(
    db: None, names: tuple[str, ...]
) -> None:
    papers = papers_of(SAMPLE, sample.SLUG)
    counted = {
        name: len(Printed(render_paper(papers[name])).pages) for name in names or papers
    }

    assert len(counted) == (len(names) or 12)
    assert max(counted.values()) <= 5, counted
