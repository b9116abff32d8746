"""The content of a board pack, gathered from the data frozen at its request."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from audits.frameworks.loading import loader
from audits.frameworks.schema import Framework
from audits.models import BoardPack, PackDecision, UseCase
from audits.portfolio_filter import read_filter
from audits.reports.context import Paper, build_paper, record_line_of
from audits.reports.packs.compared.pack_changes import (
    Changes,
    Earlier,
    changes,
    words_of,
)
from audits.reports.packs.compared.pack_compared import with_asked
from audits.reports.packs.compared.pack_counts import counts_of
from audits.reports.packs.pack_asked import Asked, asked_of
from audits.reports.packs.pack_money import totals
from audits.reports.packs.pack_paper import PackPaper
from audits.reports.packs.pack_risks import at_risk, risk
from audits.reports.packs.pack_since import since_of
from audits.reports.packs.said.pack_terms import terms_of_packs
from audits.reports.packs.said.risk_words import first_risk
from audits.reports.paper_look import branding_of
from audits.reports.typesetting.branding import Branding
from audits.scoring.numbers.entered_in import EnteredIn
from audits.scoring.sums.currency_sums import (
    asked_line,
    decisions_line,
    in_organizations,
)
from audits.services.board.before_pack import (
    DecidedBefore,
    decided_before,
    decisions_in,
)
from audits.services.due.meeting_day import meeting_day
from audits.services.papers.packs.board_packs import is_current
from audits.services.papers.packs.pack_conditions import signed_in_pack

_AT_A_TIME = 20


class PackOutdated(Exception):  # noqa: N818 - the state it is in, not a fault
    """A decision has changed since the request for the pack."""


def build_pack(pack: BoardPack, branding: Branding | None = None) -> PackPaper:
    """Gather the overview of a pack, and the papers if they go into the same file.

    Args:
        pack: The pack.
        branding: The look of the organization's papers, if it was read already.

    Raises:
        PackOutdated: The answers of one decision were reopened.
    """
    framework = loader.current()
    asked: list[Asked] = []
    papers: list[Paper] = []
    day, held = timezone.localdate(pack.frozen_at), meeting_day(pack.meeting)
    branding = branding or branding_of(pack.organization)
    board = _decided_before(pack)
    for decision in _decisions(pack):
        decision.pack = pack
        item = asked_of(decision, day, held)
        if pack.is_in_one_file:
            papers.append(_paper(decision, branding, day, item.on))
        asked.append(_with_risk(item, papers[-1:]))
    open_asked = [x for x in asked if x.state != "stopped" and not x.told]
    ready = [item.decided for item in asked if item.standing == "ready"]
    found = totals(ready, held or day)
    made = PackPaper(
        organization=str(pack.organization),
        language=framework.language,
        branding=branding,
        meeting=pack.meeting,
        held=held,
        filters=_filters(pack),
        identifier=str(pack.pk),
        as_at=pack.frozen_at,
        use_cases=len(pack.verdicts),
        teams=len({found["team"] for found in pack.verdicts.values()}),
        asked=tuple(asked),
        totals=found,
        **_at_risk(open_asked, board),
        counts=tuple(counts_of(framework, pack)),
        changes=_changes(framework, pack),
        papers=tuple(papers),
        record=record_line_of(pack),
        board=board,
        **_signed(pack, board),
        others=_others(framework, pack, asked),
        glossary=terms_of_packs(framework),
    )
    return _in_currency(made, in_organizations(pack.organization.currency, day))


def _paper(
    decision: PackDecision, branding: Branding, on: date, decides: date | None
) -> Paper:
    return build_paper(decision.audit, branding=branding, on=on, decides=decides)


def _with_risk(item: Asked, papers: Sequence[Paper]) -> Asked:
    """Return a decision with the risk that its paper computes, if nobody wrote one."""
    if item.told or item.risk or not papers:
        return item
    return replace(item, risk=first_risk(papers[0].one.known_risks))


def _at_risk(asked: Sequence[Asked], board: DecidedBefore | None) -> dict[str, Any]:
    """Return what is at risk, with what was decided and is not carried out."""
    runs, training = (board.runs_at_risk, board.training_at_risk) if board else ((), ())
    return {
        "goes_on": at_risk(asked, "running", runs),
        "in_training": at_risk(asked, "training", training),
        "may_fail": risk([(x.name, x.money) for x in asked], "its_test_fails"),
    }


def _in_currency(paper: PackPaper, currency: EnteredIn | None) -> PackPaper:
    """Return a pack with its sums in its organization’s own currency, if it has one."""
    voted = paper.voted
    return replace(
        paper,
        in_currency=decisions_line(currency, voted.lines),
        asked_in_currency=asked_line(currency, voted.asked.asked),
    )


def _others(
    framework: Framework, pack: BoardPack, asked: Iterable[Asked]
) -> tuple[str, ...]:
    """Return the use cases with a verdict that were counted, and are in no table."""
    told = {each.reference for each in asked}
    rest = [
        pk
        for pk, frozen in pack.verdicts.items()
        if words_of(framework, frozen) and not decisions_in(frozen)
    ]
    found = UseCase.objects.filter(pk__in=rest).order_by("name")
    rows = found.values_list("name", "number")
    return tuple(name for name, no in rows if UseCase.reference_of(no) not in told)


def _signed(pack: BoardPack, board: DecidedBefore | None) -> dict[str, Any]:
    """Return open conditions, and real usage since earlier papers."""
    told = {row.reference for row in board.rows if row.missing} if board else ()
    signed = signed_in_pack(pack.verdicts, told)
    return {"signed": signed, "since": since_of(pack)}


def _decided_before(pack: BoardPack) -> DecidedBefore | None:
    decided = [pk for pk, frozen in pack.verdicts.items() if decisions_in(frozen)]
    if not decided:
        return None
    names = {
        str(each.pk): (each.name, each.reference)
        for each in UseCase.objects.filter(pk__in=decided)
    }
    earlier = pack.previous
    since = timezone.localtime(earlier.frozen_at) if earlier else None
    return decided_before(pack.verdicts, names, since)


def _decisions(pack: BoardPack) -> Iterator[PackDecision]:
    """Yield the decisions, a few in memory at a time."""
    decisions = PackDecision.objects.filter(pack=pack).select_related(
        *("audit__use_case__team", "audit__use_case__owner", "audit__submitted_by"),
        *("audit__organization", "audit__use_case__organization", "report"),
    )
    for decision in decisions.iterator(chunk_size=_AT_A_TIME):
        if not is_current(decision):
            message = (
                f"The answers for {decision.audit.use_case.reference} were reopened "
                f"before the pack was made. Make a new pack."
            )
            raise PackOutdated(message)
        yield decision


def _filters(pack: BoardPack) -> str:
    """Return the filter in words; empty if the pack covers the whole portfolio."""
    return read_filter(QueryDict(pack.filters)).kept_in_words


def _changes(framework: Framework, pack: BoardPack) -> Changes | None:
    earlier = pack.previous
    if earlier is None:
        return None
    names = UseCase.objects.filter(pk__in=list(pack.verdicts)).values_list("pk", "name")
    found = changes(
        framework,
        earlier.verdicts,
        pack.verdicts,
        {str(pk): name for pk, name in names},
        Earlier(
            meeting=earlier.meeting,
            requested_by=str(earlier.requested_by),
            frozen_at=timezone.localtime(earlier.frozen_at),
        ),
    )
    return with_asked(found, pack, earlier)
