"""A portfolio that is too large to be re-scored while a page is waited for."""

from django_scopes import scope

from audits.models import Audit, Rescore, UseCase
from audits.services.portfolio.rescoring import AT_ONCE
from tests.casting import Cast


def large_portfolio(cast: Cast) -> None:
    """Let ours have more use cases than are re-scored at once, and none asked for."""
    tenant = cast.ours
    with scope(organization=tenant.organization):
        Rescore.objects.all().delete()
        cases = UseCase.objects.bulk_create(
            UseCase(
                organization=tenant.organization,
                number=number,
                team=tenant.team,
                owner=tenant.contributor,
                name=f"Use case {number}",
                summary="One of many",
            )
            for number in range(1000, 1000 + AT_ONCE)
        )
        model = tenant.submitted
        Audit.objects.bulk_create(
            Audit(
                organization=tenant.organization,
                use_case=case,
                framework=model.framework,
                framework_version=model.framework_version,
                framework_hash=model.framework_hash,
                answers=model.answers,
            )
            for case in cases
        )


def re_scoring_at(cast: Cast, done: int, state: str = Rescore.State.MAKING) -> None:
    """Let it be asked for, and be so far."""
    with scope(organization=cast.ours.organization):
        Rescore.objects.update(state=state, done=done)
