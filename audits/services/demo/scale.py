"""Makes many organizations of many use cases, to see how Attune grows.

They are copies of the demo organizations, with other names and amounts. Answers and
verdicts are complete; frozen assessments are left out, because a million of them would
only measure the disk.
"""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import batched, cycle, islice

from django.db import transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from audits.models import (
    Audit,
    Membership,
    Organization,
    PortfolioRow,
    Role,
    Stage,
    Team,
    UseCase,
    User,
)
from audits.scoring.costs.rounding import as_printed
from audits.services.demo.demo import SLUG as PUBLISHED
from audits.services.demo.sample import SLUG as SAMPLE

_TEAMS = 12
_OWNERS = 20
_BATCH = 1000
_STATES = (Audit.State.DRAFT, Audit.State.IN_REVIEW, *[Audit.State.SIGNED_OFF] * 3)
_MONEY = (
    *("spend_low", "spend", "spend_high", "year_low", "year", "year_high"),
    *("cost", "cost_year", "proposed", "proposed_year", "saving", "saving_year"),
    *("one_off", "once", "training_once", "lost_if_failed"),
    *("spend_later", "asked", "freed", "freed_once", "spend_off", "risk_off"),
    *("year_off", "risk_year_off"),
)


@dataclass(frozen=True, slots=True)
class _Tenant:
    """One organization, its teams and its owners."""

    organization: Organization
    teams: list[Team]
    owners: list[User]


def sizes(use_cases: int, organizations: int, largest: int) -> list[int]:
    """Share use cases out: one organization is the largest, the others are equal.

    >>> sizes(100, 4, 40)
    [40, 20, 20, 20]
    """
    if organizations == 1:
        return [use_cases]
    first = max(min(largest, use_cases), -(-use_cases // organizations))
    each, more = divmod(use_cases - first, organizations - 1)
    return [first, *(each + (place < more) for place in range(organizations - 1))]


def load_scale(*, use_cases: int, organizations: int, largest: int) -> Iterator[int]:
    """Make them, and yield how many exist so far; load the demo first.

    Each organization is whole or absent. The same call makes the same, except for ids.
    """
    chance = random.Random(use_cases)  # noqa: S311 - no secret
    with scopes_disabled():
        samples = list(
            PortfolioRow.objects.filter(organization__slug__in=(PUBLISHED, SAMPLE))
            .select_related("use_case", "audit")
            .order_by("organization__slug", "number")
        )
        begun = Organization.objects.filter(slug__startswith="scale-").count()
        made = 0
        for number, size in enumerate(sizes(use_cases, organizations, largest), 1):
            with transaction.atomic():
                tenant = _found(begun + number)
                _fill(tenant, samples, size, chance)
            made += size
            yield made


def _found(number: int) -> _Tenant:
    organization = Organization.objects.create(
        name=f"Organization {number:03d} (invented)", slug=f"scale-{number}"
    )
    teams = Team.objects.bulk_create(
        Team(organization=organization, name=f"Team {place:02d}")
        for place in range(1, _TEAMS + 1)
    )
    owners = User.objects.bulk_create(
        User(
            email=f"owner-{place}@scale-{number}.example",
            name=f"Owner {place:02d} of {number:03d}",
            password="!",  # noqa: S106 - nobody can sign in with it
        )
        for place in range(1, _OWNERS + 1)
    )
    Membership.objects.bulk_create(
        Membership(
            user=owner,
            organization=organization,
            role=Role.CONTRIBUTOR if place else Role.ADMIN,
        )
        for place, owner in enumerate(owners)
    )
    return _Tenant(organization, teams, owners)


def _fill(
    tenant: _Tenant, samples: list[PortfolioRow], size: int, chance: random.Random
) -> None:
    copies = (
        _copy(tenant, sample, number, chance)
        for number, sample in enumerate(islice(cycle(samples), size), start=1)
    )
    for some in batched(copies, _BATCH, strict=False):
        use_cases, audits, portfolio_rows = zip(*some, strict=True)
        UseCase.objects.bulk_create(use_cases)
        Audit.objects.bulk_create(audits)
        PortfolioRow.objects.bulk_create(portfolio_rows)


def _copy(
    tenant: _Tenant, sample: PortfolioRow, number: int, chance: random.Random
) -> tuple[UseCase, Audit, PortfolioRow]:
    """Return copies of a use case, its audit and its row; none is saved."""
    stage = chance.choice(Stage.values)
    state = chance.choice(_STATES) if sample.verdict else Audit.State.DRAFT
    submitted_at = due_on = None
    if state != Audit.State.DRAFT:
        now = timezone.now()
        submitted_at = now - timedelta(days=chance.randint(1, 90))
        due_on = now.date() + timedelta(days=chance.randint(-20, 200))
    use_case = _copied(sample.use_case, tenant, number=number, stage=stage)
    use_case.team, use_case.owner = (
        chance.choice(tenant.teams),
        chance.choice(tenant.owners),
    )
    use_case.name = f"{sample.name[:70]} {number}"
    audit = _copied(
        sample.audit,
        tenant,
        use_case=use_case,
        state=state,
        submitted_at=submitted_at,
        submitted_by=use_case.owner if submitted_at else None,
        assessment=None,
    )
    portfolio_row = _copied(
        sample,
        tenant,
        use_case=use_case,
        audit=audit,
        team=use_case.team,
        owner=use_case.owner,
        number=number,
        name=use_case.name,
        stage=stage,
        stage_rank=Stage.values.index(stage),
        state=state,
        submitted_at=submitted_at,
        due_on=due_on,
    )
    _scale_money(portfolio_row, Decimal(chance.randint(20, 300)) / 100)
    return use_case, audit, portfolio_row


def _copied[Row: (UseCase, Audit, PortfolioRow)](
    row: Row, tenant: _Tenant, **changes: object
) -> Row:
    fields = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    copy = type(row)(**fields)
    if not isinstance(copy, PortfolioRow):
        copy.pk = uuid.uuid4()
    copy.organization = tenant.organization
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


def _scale_money(portfolio_row: PortfolioRow, factor: Decimal) -> None:
    for column in _MONEY:
        amount = getattr(portfolio_row, column)
        if amount is not None:
            setattr(portfolio_row, column, as_printed(amount * factor))
