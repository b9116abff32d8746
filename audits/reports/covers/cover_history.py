"""Who wrote what on page 1."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator

from audits.models import Audit, CoverVersion
from audits.services.papers.covers import cover_versions
from audits.services.papers.page_one_words import LABELS, in_history

_A_PAGE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One version of page 1: what was changed in it, in words."""

    version: CoverVersion
    parts: tuple[tuple[str, str], ...]


def cover_history(audit: Audit, page: str | None) -> tuple[list[Line], Page[Any]]:
    """Return one page of the versions, the newest first, with its page number."""
    found = Paginator(cover_versions(audit), _A_PAGE).get_page(page)
    return [Line(version=v, parts=_parts(v.words)) for v in found], found


def earlier_words(audit: Audit, version: str | None) -> dict[str, Any] | None:
    """Return the words of a version that an address names, if there is such a one."""
    try:
        named = UUID(version or "")
    except ValueError:
        return None
    found = cover_versions(audit).filter(public_id=named).first()
    return dict(found.words) if found else None


def _parts(words: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (LABELS[name], in_history(name, value)) for name, value in words.items()
    )
