"""The register of what the board decided, as a workbook and as CSV."""

from collections.abc import Iterator
from itertools import batched
from typing import cast

from django.http import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET

from audits.access.members import MemberRequest, members_only
from audits.frameworks.loading import loader
from audits.frameworks.rules import Verdict
from audits.limits import EXPORTS, limited
from audits.models import Audit, BoardDecision, PortfolioRow
from audits.portfolio.cells import Cell
from audits.portfolio.files.tables import Table, as_csv, as_workbook
from audits.scoring.board.words import state_in_words
from audits.services.due.board_decisions import OfBoard, of_boards

HEADINGS = (
    *("Reference", "Use case", "Team", "Verdict", "Asked (US dollars over 12 months)"),
    *("Decision", "What was changed, or why", "Approved amount", "Currency"),
    "Approved amount is held",
    *("Meeting", "Decided on", "Minute", "Carry out by", "Next look"),
    *(
        "Done",
        "To be done",
        "Not done yet",
        "Freed a month so far",
        "Freed a month until",
        "Freed of 12 months of the plan (US dollars)",
        "Freed once so far",
    ),
    *("State", "Recorded by", "Recorded on"),
)
_BATCH = 500
_REPLACED, _EARLIER = "Replaced by a later record", "Of an earlier verdict"


@members_only
@limited(EXPORTS)
@require_GET
def decisions_xlsx(request: MemberRequest) -> HttpResponseBase:
    return as_workbook(request, _register())


@members_only
@limited(EXPORTS)
@require_GET
def decisions_csv(request: MemberRequest) -> HttpResponseBase:
    return as_csv(request, _register())


def _register() -> Table:
    return Table(
        subject="decisions",
        sheet="Decisions",
        headings=HEADINGS,
        rows=register_rows(),
    )


def register_rows() -> Iterator[list[Cell]]:
    """Yield a row for each record of a decision, the newest day first."""
    found = BoardDecision.objects.select_related("by", "file", "audit__use_case__team")
    found = found.defer("audit__assessment", "audit__answers")
    ordered = found.order_by("-decided_on", "-at", "pk")
    for some in batched(ordered.iterator(chunk_size=_BATCH), _BATCH, strict=False):
        audits = {each.audit_id: each.audit for each in some}
        known = of_boards(audits.values(), in_force=False)
        rows = PortfolioRow.objects.filter(audit__in=audits)
        plans = {each.audit_id: each for each in rows}
        for each in some:
            yield _row(each, known[each.audit_id], plans.get(each.audit_id))


def _row(
    decision: BoardDecision, found: OfBoard, plan: PortfolioRow | None
) -> list[Cell]:
    use_case, standing = decision.audit.use_case, found.standing
    counts = found.decision == decision
    is_freed = counts and found.released("month") is not None
    audit = decision.audit
    framework = loader.published(audit.framework, audit.framework_version)
    words = framework.verdicts.get(cast("Verdict", decision.verdict))
    verdict = words.name if words else decision.verdict
    return [
        *(use_case.reference, use_case.name, use_case.team.name, verdict),
        decision.asked,
        *(decision.get_outcome_display(), decision.words or None),
        *(decision.amount, decision.currency),
        (found.held or None) if counts else None,
        *(decision.meeting, decision.decided_on, decision.minutes or None),
        *(decision.carry_out_by, decision.look_on),
        *((standing.done, standing.of) if counts else (None, None)),
        "; ".join(standing.missing) or None if counts else None,
        found.released("month") if counts else None,
        plan.freed_until if is_freed and plan else None,
        plan.year_off if is_freed and plan else None,
        found.released("once") if counts else None,
        _state(decision, found) if counts else _REPLACED,
        *(str(decision.by), timezone.localdate(decision.at)),
    ]


def _state(decision: BoardDecision, found: OfBoard) -> str:
    is_in_force = decision.audit.state == Audit.State.SIGNED_OFF
    return state_in_words(found.standing) if is_in_force else _EARLIER
