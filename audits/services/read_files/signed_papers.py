"""The signed papers of a use case: what each is called, and when it was in force."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from audits.models import Audit, UseCase
from audits.scoring.tracking.months import InForce
from audits.scoring.tracking.papers import in_force, papers_named


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPaper:
    """A signed audit with the name of its paper, and when that was in force."""

    audit: Audit
    name: str
    in_force: InForce


def signed_papers(use_case: UseCase) -> list[SignedPaper]:
    """Return the signed papers of a use case in the order of their sign-offs."""
    found = Audit.objects.filter(use_case=use_case, signed_off_at__isnull=False)
    shown = found.select_related("organization", "use_case")
    return papers_of([*shown.order_by("signed_off_at", "pk")])


def papers_of(signed: Sequence[Audit]) -> list[SignedPaper]:
    """Return the papers of all signed audits of a use case, in their order."""
    days = [timezone.localdate(audit.signed_off_at) for audit in signed]
    return [
        SignedPaper(audit=audit, name=name, in_force=held)
        for audit, name, held in zip(
            signed, papers_named(days), in_force(days), strict=True
        )
    ]


def signed_beside(
    audit: Audit,
) -> tuple[SignedPaper | None, SignedPaper, SignedPaper | None]:
    """Return the paper of a signed audit, between those signed before and after it."""
    papers = [None, *signed_papers(audit.use_case), None]
    place = next(n for n, each in enumerate(papers) if each and each.audit == audit)
    own = papers[place]
    assert own is not None  # noqa: S101 - it was found
    return papers[place - 1], own, papers[place + 1]
