"""Board papers of the worked use cases, and what page 1 of one says."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import strip_tags
from django_scopes import scope

from audits.models import Audit, UseCase
from audits.reports.context import Paper, build_paper
from audits.reports.pdf_client import manuscript_of
from audits.scoring.exchange import document
from tests.casting import Cast
from tests.scoring.costs.worked_decisions import assessed


def paper_of(
    cast: Cast, answers: Mapping[str, Any], stage: str = "live", **numbers: str | None
) -> Paper:
    with scope(organization=cast.ours.organization):
        found = UseCase.objects.filter(audits=cast.ours.submitted)
        found.update(stage=stage)
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)
        audit.assessment = document.dump(assessed(answers, **numbers))
        return build_paper(audit)


def page_one_of(paper: Paper) -> str:
    """Return the words that page 1 is printed from; it is never longer than a page.

    Its last note is hidden unless something was left out for room.
    """
    article = manuscript_of(paper).html.partition('<article class="one"')[2]
    said = article.partition("</article>")[0].partition('<p class="meta left-out"')[0]
    return " ".join(strip_tags(said).split())
