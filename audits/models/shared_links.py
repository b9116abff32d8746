"""Evidence of which the link is also behind another answer."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models.functions import Cast, Concat


def with_a_shared_link[Q: models.QuerySet[Any]](evidence: Q) -> Q:
    """Return the evidence whose link another answer of its audit has, too.

    A slash at the end makes no other link.
    """
    of_all = evidence.model._base_manager.filter(audit=models.OuterRef("audit"))
    same = of_all.alias(page=_page(models.F("link"))).filter(
        page=_page(models.OuterRef("link"))
    )
    others = same.exclude(question=models.OuterRef("question"))
    return evidence.exclude(link="").filter(models.Exists(others))


def shared_links_text(evidence: models.QuerySet[Any]) -> models.Subquery:
    """Return shared links and the questions they answer, as a part of a query.

    It is one text, which `shared_links` reads, and NULL where no link is shared.
    """
    moment, blank = Cast("added_at", models.CharField()), models.Value("\t")
    line = Concat(
        *(moment, blank, "question", blank, "link"), output_field=models.CharField()
    )
    found = with_a_shared_link(evidence).order_by().values("audit")
    lines = found.annotate(lines=models.StringAgg(line, models.Value("\n")))
    return models.Subquery(lines.values("lines"))


def shared_links(text: str | None) -> Iterator[tuple[str, str]]:
    r"""Yield the questions and links of such a text, those that were added first first.

    >>> [*shared_links("2026-02-01\tgoal\thttps://a/\n2026-01-01\teval\thttps://a")]
    [('eval', 'https://a'), ('goal', 'https://a/')]
    """
    for line in sorted((text or "").splitlines()):
        _, question, link = line.split("\t", 2)
        yield question, link


def _page(link: Any) -> models.Func:
    """Return a link without the slashes at its end."""
    slash, text = models.Value("/"), models.CharField()
    return models.Func(link, slash, function="RTRIM", output_field=text)
