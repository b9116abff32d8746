"""The tags that use cases of an organization have, and how it spells them."""

from typing import Any

from audits.models import PortfolioRow
from audits.models.fields.tags import key_of_tag, spelled, tags_of, tags_text
from audits.models.queries.written_once import written_once


def known_tags() -> dict[str, str]:
    """Return the tags that some use case has, by their keys, in their order.

    Where two people wrote one tag at the same time, the first spelling counts.
    """
    found: dict[str, str] = {}
    for text in filter(None, _tags()):
        for tag in text.split(", "):
            found.setdefault(key_of_tag(tag), tag)
    return dict(sorted(found.items()))


@written_once
def _tags() -> Any:
    # PostgreSQL would plan it each time if it left out those without tags.
    rows = PortfolioRow.objects.order_by("tags")
    return rows.values_list("tags", flat=True).distinct()


def tags_as_spelled(text: str) -> str:
    """Return typed tags as they are stored, in the spelling that they have already.

    Raises:
        ValidationError: A tag is too long, or there are too many.
    """
    tags = tags_of(text)
    return tags_text(spelled(tags, known_tags() if tags else {}))
