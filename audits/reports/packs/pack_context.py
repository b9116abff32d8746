"""The content of a board pack, gathered from the data frozen at its request."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format

from audits.frameworks.loading import loader
from audits.frameworks.named import NamedVerdict
from audits.frameworks.schema import Family, Framework
from audits.landscape.price_age import price_age
from audits.models import Audit, BoardPack, PackDecision, UseCase
from audits.portfolio_filter import read_filter
from audits.reports.context import (
    Paper,
    branding_of,
    build_paper,
    record_line_of,
)
from audits.reports.packs.pack_changes import Changes, Earlier, changes
from audits.reports.packs.pack_counts import Count, counts_of
from audits.reports.packs.pack_money import (
    Risk,
    Totals,
    ending,
    risk,
    totals,
    unsigned,
)
from audits.reports.packs.pack_since import PackSince, since_of
from audits.reports.packs.total_words import listed
from audits.reports.typesetting.branding import Branding
from audits.scoring import Assessment
from audits.scoring.days import in_words
from audits.scoring.exchange import document
from audits.scoring.exchange.provenance import RecordLine
from audits.scoring.explaining.advice import strength_in_short
from audits.scoring.money.measuring import MeasuringCost, measuring_cost
from audits.scoring.money.moves import move_of
from audits.scoring.money.of_assessment import assumed_numbers, money_of
from audits.scoring.money.states import PlanState, plan_state
from audits.scoring.money.words import Money
from audits.scoring.options.option_reasons import untested
from audits.scoring.proposals.proposal_words import worded
from audits.scoring.sums.currency_sums import (
    asked_line,
    decisions_line,
    in_organizations,
)
from audits.scoring.sums.decision_rows import DecisionRow, decision_row
from audits.scoring.sums.money_sums import Decided
from audits.services.papers.board_packs import is_current
from audits.services.papers.covers import cover_of
from audits.services.papers.meeting_day import meeting_day
from audits.services.papers.page_one_words import asking_of, decision_asked, due
from audits.services.verdicts.assessments import framework_of

_AT_A_TIME = 20


class PackOutdated(Exception):  # noqa: N818 - the state it is in, not a fault
    """A decision has changed since the request for the pack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One decision in the overview.

    `assumed` counts the numbers behind its current plan that nobody entered.
    It has no `family` where a step comes before all that its verdict says. `checked` is
    the day of the newest of its prices. `offer` compares an offer that was received;
    empty without one. `due` says what must be done `by` a day, which may have passed,
    or be before the meeting of the pack. `told` says who proposes what and since when,
    where the paper is for information; empty where it asks for a decision. What a move
    needs has ended on the day `too_late` if that is before the meeting. A person wrote
    `asked` if it `is_written`.
    """

    number: int
    reference: str
    name: str
    asked: str
    verdict: NamedVerdict
    family: Family | None
    money: Money | None
    state: PlanState
    measuring: MeasuringCost | None
    assumed: int
    checked: date | None
    offer: str
    due: str
    by: date | None
    is_late: bool
    is_before: bool
    strength: str = ""
    is_untested: bool = False
    too_late: date | None = None
    told: str = ""
    is_provisional: bool = False
    is_written: bool = False

    @property
    def row(self) -> DecisionRow:
        """What it asks for, releases and holds."""
        return decision_row(self.decided)

    @property
    def decided(self) -> Decided:
        """The decision with its money, to be added to others."""
        return Decided(
            name=self.name,
            family=self.family,
            money=self.money,
            state=self.state,
            measuring=self.measuring,
            told=bool(self.told),
        )

    @property
    def file_name(self) -> str:
        """The name of its paper in a zip."""
        return f"{self.number:03d}-{self.reference}.pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPaper:
    """One board pack, ready for the template; `papers` is empty if each has a file.

    `in_currency` is its sums in the organization's currency, `asked_in_currency` the
    total that is asked for; both are empty for US dollars.
    """

    organization: str
    language: str
    branding: Branding
    meeting: str
    held: date | None
    filters: str
    identifier: str
    as_at: datetime
    use_cases: int
    teams: int
    asked: tuple[Asked, ...]
    totals: Totals
    goes_on: Risk | None
    may_fail: Risk | None
    counts: tuple[Count, ...]
    changes: Changes | None
    papers: tuple[Paper, ...]
    in_currency: str = ""
    asked_in_currency: str = ""
    record: RecordLine | None = None
    since: PackSince | None = None

    @property
    def title(self) -> str:
        """The decisions needed, as a title."""
        return self.totals.title

    @property
    def unsigned(self) -> str:
        """That no reviewer has signed these decisions, which all wait for one."""
        return unsigned(len(self.asked))

    @property
    def ending(self) -> str:
        """Which models that run end within the 12 months, and when."""
        return ending([item.decided for item in self.asked])

    @property
    def term(self) -> str:
        """The 12 months of the sums, and between which days they begin."""
        said = "12 months from the day of each verdict"
        days = [item.money.on for item in self.asked if item.money]
        if not days:
            return said
        ends = dict.fromkeys((min(days), max(days)))
        return f"{said}, {' to '.join(date_format(day, 'j F Y') for day in ends)}"

    @property
    def assumed(self) -> tuple[int, int, int] | None:
        """How many current plans rest on numbers that nobody entered.

        With the fewest and the most such numbers behind one plan; None without any.
        """
        found = [item.assumed for item in self.asked if item.assumed]
        return (len(found), min(found), max(found)) if found else None

    @property
    def too_early(self) -> tuple[Asked, ...]:
        """The decisions whose date is before the meeting."""
        return tuple(item for item in self.asked if item.is_before)

    @property
    def late_names(self) -> tuple[str, ...]:
        """The decisions for which the meeting is too late: a model has ended by then.

        It is the one that is moved, or the one that a plan would train.
        """
        closed = self.totals.cannot_begin
        return tuple(x.name for x in self.asked if x.too_late or x.name in closed)

    @property
    def too_late(self) -> str:
        """Which decisions the meeting is too late for, and what to do instead."""
        names = self.late_names
        if not names or self.held is None:
            return ""
        who = listed([f"“{name}”" for name in names])
        return (
            f"Too late on {in_words(self.held)} for {who}, as a model has ended by "
            "then (see below). Decide before that day, or submit them again first. The "
            "amounts here are not for the minutes of that day."
        )

    @property
    def is_early_marked(self) -> bool:
        """Whether rows say that they are too early; the head says so if all are."""
        return len(self.too_early) < len(self.asked)

    @property
    def is_held_before(self) -> bool:
        """Whether its meeting was before the day of its data."""
        return bool(self.held and self.held < timezone.localdate(self.as_at))

    @property
    def oldest_prices(self) -> str:
        """How old the oldest prices are on the day of the pack; empty without any."""
        checked = [item.checked for item in self.asked if item.money]
        if not checked:
            return ""
        known = [day for day in checked if day]
        oldest = min(known) if len(known) == len(checked) else None
        return price_age(oldest, timezone.localdate(self.as_at)).oldest

    @property
    def bars(self) -> list[tuple[str, str, int]]:
        """The verdicts as input of the chart."""
        return [(count.kind, count.family.name, count.now) for count in self.counts]

    @property
    def grown(self) -> int:
        """How many more use cases there are than in the last pack."""
        return sum(count.change or 0 for count in self.counts)

    @property
    def message(self) -> str:
        """What most use cases need, as a heading."""
        most = max(self.counts, key=lambda count: count.now)
        needs = most.family.needs
        need = needs.one if most.now == 1 else needs.several
        return f"{most.now} of {self.use_cases} use cases {need}"


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
    is_one_file = pack.is_in_one_file
    day, held = timezone.localdate(pack.frozen_at), meeting_day(pack.meeting)
    branding = branding or branding_of(pack.organization)
    for decision in _decisions(pack):
        if is_one_file:
            papers.append(build_paper(decision.audit, branding=branding, on=day))
        asked.append(_asked(decision, day, held))
    named = [(x.name, x.money) for x in asked if x.state != "stopped" and not x.told]
    found = totals([item.decided for item in asked], held or day)
    currency = in_organizations(pack.organization.currency, day)
    return PackPaper(
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
        in_currency=decisions_line(currency, found.lines),
        asked_in_currency=asked_line(currency, found.asked.asked),
        goes_on=risk(named, "we_go_on"),
        may_fail=risk(named, "its_test_fails"),
        counts=tuple(counts_of(framework, pack)),
        changes=_changes(framework, pack),
        papers=tuple(papers),
        record=record_line_of(pack),
        since=since_of(pack),
    )


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


def _asked(decision: PackDecision, on: date, held: date | None) -> Asked:
    """Read what the overview says about a decision.

    Args:
        decision: The decision.
        on: The day of the pack.
        held: The day of its meeting, if it is known.
    """
    audit, use_case = decision.audit, decision.audit.use_case
    cover, state = cover_of(audit), plan_state(use_case.stage)
    assessment = document.load(audit.assessment or {})
    asking, offer = asking_of(audit, cover), worded(assessment.proposal)
    return Asked(
        number=decision.number,
        reference=use_case.reference,
        name=use_case.name,
        # The amounts are beside it.
        asked=decision_asked(framework_of(audit), assessment, cover, asking=asking),
        verdict=assessment.named,
        family=None if assessment.prerequisite else assessment.family,
        money=money_of(assessment, state),
        state=state,
        measuring=measuring_cost(assessment),
        assumed=_assumed(assessment, state),
        checked=assessment.costs.plan.checked if assessment.costs else None,
        offer=offer.in_brief if offer else "",
        due=due(assessment),
        by=cover.decide_by,
        is_late=cover.is_late(on),
        is_before=bool(held and cover.decide_by and cover.decide_by < held),
        strength=strength_in_short(assessment.advice),
        is_untested=untested(assessment) is not None,
        too_late=_too_late(assessment, held),
        told="" if asking == "asked" else _proposed(audit),
        is_provisional=assessment.provisional is not None,
        is_written=bool(cover.decision_asked),
    )


def _too_late(assessment: Assessment, held: date | None) -> date | None:
    """Return the day on which a model ends that must be moved before; None if not."""
    move = move_of(assessment)
    return move.ends if move and held and move.ends <= held else None


def _proposed(audit: Audit) -> str:
    """Say who proposes what a paper for information tells, and since when."""
    day = in_words(timezone.localdate(audit.submitted_at))
    return f"For information: proposed by {audit.submitted_by} on {day}"


def _assumed(assessment: Assessment, state: PlanState) -> int:
    money = money_of(assessment, state)
    if money is None or money.today is None:
        return 0
    return assumed_numbers(assessment, money.today.technique)


def _filters(pack: BoardPack) -> str:
    """Return the filter in words; empty if the pack covers the whole portfolio."""
    return read_filter(QueryDict(pack.filters)).kept_in_words


def _changes(framework: Framework, pack: BoardPack) -> Changes | None:
    earlier = pack.previous
    if earlier is None:
        return None
    names = UseCase.objects.filter(pk__in=list(pack.verdicts)).values_list("pk", "name")
    return changes(
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
