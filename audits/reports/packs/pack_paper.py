"""A board pack as the template prints it, and what its words are made of."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from audits.frameworks.schema import Term
from audits.landscape.price_age import price_age
from audits.reports.context import Paper
from audits.reports.packs.compared.pack_changes import Changes
from audits.reports.packs.compared.pack_counts import Count, trained
from audits.reports.packs.pack_asked import Asked
from audits.reports.packs.pack_head import (
    apart,
    due_before_next,
    early_names,
    first_due,
    meeting_of,
)
from audits.reports.packs.pack_money import Totals, totals
from audits.reports.packs.pack_pages import PackPage, pages_of
from audits.reports.packs.pack_ready import Standing
from audits.reports.packs.pack_risks import Risk, avoidable, ending
from audits.reports.packs.pack_since import PackSince
from audits.reports.packs.risks_in_all import RisksInAll
from audits.reports.packs.said.outcome_words import outcome
from audits.reports.packs.said.risk_words import elsewhere
from audits.reports.packs.said.saved_words import saved_in_parts
from audits.reports.packs.said.signed_words import (
    need_none,
    of_signed,
    unsigned,
    why_not_now,
    with_more,
)
from audits.reports.packs.said.since_words import of_verdicts, one_day
from audits.reports.packs.said.too_late_words import too_late
from audits.reports.packs.sums.cash import cash_said
from audits.reports.typesetting.branding import Branding
from audits.scoring.exchange.provenance import RecordLine
from audits.scoring.sums.money_sums import SumLine
from audits.services.board.before_pack import DecidedBefore
from audits.services.papers.packs.pack_conditions import SignedOpen

_NOTHING = "Nothing to decide"
_VOTES_LATER = "The board can vote only on what is signed off."
_FEW = 6  # decisions, of which page 1 has room for two lines each


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPaper:
    """One board pack, ready for the template; `papers` is empty if each has a file.

    `in_currency` is its sums in the organization's currency, `asked_in_currency` the
    total that is asked for; both are empty for US dollars. `signed` has the conditions
    of signed verdicts that are still open, and `board` what was decided before, with
    what became of it; None without any. `others` are the use cases that it only counts.
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
    in_training: Risk | None = None
    in_currency: str = ""
    asked_in_currency: str = ""
    record: RecordLine | None = None
    since: PackSince | None = None
    signed: SignedOpen | None = None
    board: DecidedBefore | None = None
    others: tuple[str, ...] = ()
    glossary: tuple[Term, ...] = ()

    @property
    def title(self) -> str:
        """What the votes save and add, or ask for, or what cannot be decided yet.

        Where a reviewer has not signed all, it is those on which the board can vote.
        One without any only tells what became of earlier decisions.
        """
        found, decisions = self.voted, self.totals.decisions
        if self.outcome:
            title = self.outcome
        elif self.votable < decisions:
            title = of_signed(self.votable, decisions, found.amount)
        else:
            title = found.title
        return title or self.apart.rstrip(".") or _NOTHING

    @property
    def outcome(self) -> str:
        """What some votes save and others add; empty where none saves anything."""
        votes = self.counted if self.votable else ()
        time = [x.no_bills for x in votes]
        return outcome([x.row for x in votes], [x.still_saved for x in votes], time)

    @property
    def under_title(self) -> str:
        """The net with its range, or of what the saving in the title is made."""
        if self.outcome:
            return saved_in_parts(self.counted, self.counts_from)
        net = self.voted.meeting
        return net.with_range if net else ""

    @property
    def beside_title(self) -> str:
        """How many are signed, and what else they are; a table has what waits."""
        signed = self.unsigned if self.ready else ""
        if self.votable < self.totals.decisions:
            signed = "" if self.waiting else _VOTES_LATER
        said = signed, self.voted.unpriced, self.totals.others
        return " ".join(filter(None, said))

    @property
    def meets(self) -> str:
        """The meeting of the pack, or the one that all its papers name."""
        day = timezone.localdate(self.as_at)
        return self.meeting or meeting_of(self.ready, day)

    @property
    def first_due(self) -> str:
        """By when the first decision of the pack is due; empty if none has a day."""
        return first_due(self.ready)

    @property
    def ready(self) -> tuple[Asked, ...]:
        """The rows that can be decided at this meeting, or are for information.

        The votes come first, then what waits for its sign-off.
        """
        return tuple(sorted(self._standing("ready"), key=lambda item: item.rank))

    @property
    def deferred(self) -> tuple[Asked, ...]:
        """The rows that the board deferred until after the meeting."""
        return self._standing("deferred")

    @property
    def not_ready(self) -> tuple[Asked, ...]:
        """The rows that lack something before the board can vote on them."""
        return self._standing("not_ready")

    def _standing(self, standing: Standing) -> tuple[Asked, ...]:
        return tuple(item for item in self.asked if item.standing == standing)

    @property
    def apart(self) -> str:
        """How many others there are, which no amount of the title has."""
        counts = len(self.not_ready), len(self.deferred)
        return apart(*counts, has_more=bool(self.ready))

    @property
    def others_said(self) -> str:
        """Which use cases are in no table, as they need no decision; may be empty."""
        return need_none(self.others)

    @property
    def not_now(self) -> tuple[Asked, ...]:
        """What the board cannot vote on: it waits, is not ready, or is deferred."""
        return (*self.waiting, *self.not_ready, *self.deferred)

    @property
    def due_before_next(self) -> str:
        """For which of these a later meeting, or a new day, is still to be named."""
        return due_before_next(self.not_now, self.held)

    @property
    def why_not_now(self) -> str:
        """How many of these rows wait, were never ready, or were deferred."""
        return why_not_now(*map(len, (self.waiting, self.not_ready, self.deferred)))

    @property
    def is_partly_signed(self) -> bool:
        """Whether each row has to say if it is signed; the head says so of all."""
        return 0 < sum(bool(x.signed) for x in self.ready) < len(self.ready)

    @property
    def votable(self) -> int:
        """How many of the decisions a reviewer has signed."""
        return sum(x.is_votable for x in self.ready)

    @property
    def counted(self) -> tuple[Asked, ...]:
        """The rows whose sums lead: the signed ones; all while none is, or if all are.

        A board cannot vote on the others, so a title has no amount of theirs.
        """
        signed = tuple(x for x in self.ready if x.is_votable)
        return signed if 0 < len(signed) < self.totals.decisions else self.ready

    @property
    def waiting(self) -> tuple[Asked, ...]:
        """The decisions that the sums leave out, as nobody has signed them."""
        return tuple(x for x in self._uncounted if x.rank == 1)

    @property
    def beside(self) -> tuple[Asked, ...]:
        """What is neither a vote nor waits for one: it is settled first, or told."""
        return tuple(x for x in self._uncounted if x.rank > 1)

    @property
    def _uncounted(self) -> tuple[Asked, ...]:
        return self.ready[len(self.counted) :]

    @property
    def voted(self) -> Totals:
        """What the title, the net and the bold totals come to."""
        if len(self.counted) == len(self.ready):
            return self.totals
        return totals([x.decided for x in self.counted], self.totals.on)

    @property
    def unsigned_names(self) -> tuple[str, ...]:
        """The names of the decisions that wait for their sign-off."""
        return tuple(x.name for x in self.waiting)

    @property
    def with_unsigned(self) -> str:
        """The name of the second, lighter total; empty where the first has all."""
        return with_more(self.unsigned_names)

    @property
    def lines_with_unsigned(self) -> tuple[SumLine, ...]:
        """That total, and the net with it; empty where the first has all."""
        found = self.totals.in_all if self.with_unsigned else ()
        return tuple(line for line in found if line.kind != "end")

    @property
    def decided_apart(self) -> str:
        """What became of earlier decisions on use cases that no table above has."""
        above = {item.reference for item in self.asked}
        return self.board.counted(above) if self.board else ""

    @property
    def far_off(self) -> str:
        """Where use cases without a decision cost far more than a paper counts."""
        return self.since.far_off(self.others) if self.since else ""

    @property
    def risks(self) -> RisksInAll | None:
        """The money at risk in one sum, and by use case; None if none is known."""
        if not (self.goes_on or self.in_training):
            return None
        return RisksInAll(runs=self.goes_on, training=self.in_training)

    @property
    def cash(self) -> str:
        """How much of what the votes ask for is bills; empty if it is not known."""
        return cash_said(
            [(item.row, item.cash) for item in self.counted], self.counts_from
        )

    @property
    def avoidable(self) -> str:
        """How much of what runs against a verdict a vote can still save."""
        return avoidable(self.goes_on, self.voted.released, self.totals.on)

    @property
    def priced_elsewhere(self) -> str:
        """Which decisions are priced where they may not run; empty without any."""
        return elsewhere([x.name for x in self.counted if x.is_elsewhere])

    @property
    def unsigned(self) -> str:
        """How many of these decisions no reviewer has signed."""
        return unsigned(len(self.ready), sum(bool(x.signed) for x in self.ready))

    @property
    def is_by_hand(self) -> bool:
        """Whether a note says what the mark of evidence without a file means."""
        return any(item.is_by_hand for item in self.ready)

    @property
    def is_untested(self) -> bool:
        """Whether a note says what the mark of untested advice means."""
        return any(item.is_untested for item in self.ready)

    @property
    def told_more(self) -> tuple[str, ...]:
        """The names of the decisions of which page 1 says more than a row."""
        return tuple(
            x.name for x in self.ready if x.is_marked or x.name in self.late_names
        )

    @property
    def says_acts(self) -> bool:
        """Whether page 1 has room to say what each decision asks the board to do."""
        return len(self.ready) <= _FEW

    @property
    def has_more(self) -> bool:
        """Whether pages with amounts or months in full follow the papers."""
        voted = self.voted
        has_amounts = voted.is_priced or voted.has_amounts
        has_risks = self.risks is not None
        return has_amounts or has_risks or self.since is not None

    @property
    def ending(self) -> str:
        """Which models that run end within the 12 months, and when."""
        return ending([item.decided for item in self.asked])

    @property
    def counts_from(self) -> date | None:
        """The one day from which the amounts of page 1 count; None if of several."""
        return one_day(self.counted)

    @property
    def term(self) -> str:
        """The 12 months of the sums, and between which days they begin.

        What is not ready, or deferred, is in no sum.
        """
        return of_verdicts(self.ready)

    @property
    def assumed(self) -> tuple[Asked, ...]:
        """The decisions whose amounts rest on numbers that nobody entered."""
        return tuple(item for item in self.counted if item.assumed)

    @property
    def too_early(self) -> tuple[Asked, ...]:
        """The decisions whose date is before the meeting.

        What is not ready cannot be decided before it either.
        """
        return tuple(item for item in self.ready if item.is_before)

    @property
    def early_names(self) -> str:
        """The same in words, with what is overdue; only a count where they are many."""
        return early_names(self.too_early, len(self.ready))

    @property
    def pages(self) -> tuple[PackPage, ...]:
        """The papers in order, each with its place among those of its kind."""
        return tuple(pages_of(self.asked, self.papers))

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
        return too_late(self.late_names, self.held)

    @property
    def is_early_marked(self) -> bool:
        """Whether rows say that they are too early; the head says so if all are."""
        return len(self.too_early) < len(self.ready)

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
        """The verdicts that any use case has, as input of the chart."""
        return [(x.kind, x.family.name, x.now) for x in self.counts if x.now]

    @property
    def grown(self) -> int:
        """How many more use cases there are than in the last pack."""
        return sum(count.change or 0 for count in self.counts)

    @property
    def message(self) -> str:
        """How many verdicts name training, and how much of it a board can approve."""
        return trained(self.counts, [x.family for x in self.ready if x.trains_now])
