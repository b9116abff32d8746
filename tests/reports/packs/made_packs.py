"""Packs of a tenant that has as many decisions as are wanted."""

from datetime import timedelta
from typing import Any

import pytest

from audits.frameworks.loading.loader import current
from audits.models import Audit, BoardPack, Organization, User
from audits.reports.tasks import queue_pack
from audits.scoring.assess_on import assess_on
from audits.scoring.exchange import document
from audits.scoring.explaining.completeness import Provisional
from audits.scoring.inputs import Inputs
from audits.services.answers.answers import fresh_audit
from audits.services.reviews.audits import submit_audit
from tests.casting import Tenant, register
from tests.printed import Printed
from tests.proved import save_proved
from tests.replayed import replayed
from tests.reports.papers import words_behind
from tests.reports.test_appendix import DAY
from tests.scoring.worked_cases import RETRIEVAL_CASE, TRAINING_LEVELS
from tests.scoring.worked_numbers import ON_OWN_GPUS


def add_decision(
    tenant: Tenant, name: str, answers: dict[str, Any] = RETRIEVAL_CASE
) -> Audit:
    add_decisions(tenant, {name: answers})
    made = Audit.objects.filter(use_case__name=name)
    return fresh_audit(made.order_by("submitted_at")[made.count() - 1])


def add_decisions(tenant: Tenant, decisions: dict[str, dict[str, Any]]) -> None:
    """Submit the answers to some use cases, by their names."""
    _add(tenant, decisions=decisions, all_are_ready=vars(Provisional)["lacks"] == "")


@replayed
def _add(tenant: Tenant, *, decisions: dict[str, Any], all_are_ready: bool) -> None:
    lead = tenant.contributor
    for name, answers in decisions.items():
        audit = register(tenant.organization, lead, tenant.team, name)
        shown = answers.keys() & TRAINING_LEVELS
        levels = {question: TRAINING_LEVELS[question] for question in shown}
        audit = save_proved(audit=audit, by=lead, answers=answers, levels=levels)
        submit_audit(audit=audit, by=lead)


def let_all_be_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let packs take every use case for ready, whatever is still to be answered."""
    monkeypatch.setattr(Provisional, "lacks", "")


def state_money(audit: Audit, **more: str) -> None:
    """Give a submitted audit numbers, as if it had been submitted with them."""
    given = ON_OWN_GPUS | more
    audit.assessment = document.dump(
        assess_on(current(), Inputs(codes=audit.codes, numbers=given), DAY)
    )
    audit.save(update_fields=["assessment"])


def ask_for_pack(
    tenant: Tenant,
    filters: str = "",
    meeting: str = "",
    by: User | None = None,
    since: str = "",
) -> BoardPack:
    audits = Audit.objects.current()
    return queue_pack(
        organization=Organization.objects.get(pk=tenant.organization.pk),
        by=by or tenant.contributor,
        audits=audits.order_by("portfolio_row__urgency", "use_case__name", "pk"),
        filters=filters,
        meeting=meeting,
        since=since,
    )


def date_back(pack: BoardPack, days: int) -> None:
    """Let a pack be one of some days ago."""
    frozen_at = pack.frozen_at - timedelta(days=days)
    BoardPack.objects.filter(pk=pack.pk).update(frozen_at=frozen_at)


def read(pack: BoardPack) -> Printed:
    pack.refresh_from_db()
    return Printed(pack.file.read())


def parts_of(pack: BoardPack) -> list[str]:
    """Return the words of each part of a pack, where a file stands in for it."""
    pack.refresh_from_db()
    return words_behind(pack.file.read())


def text(reader: Printed, page: int) -> str:
    return reader.words[page]
