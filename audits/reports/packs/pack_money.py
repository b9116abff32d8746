"""The money of several decisions, as far as it is stated."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from audits.reports.packs.said.no_day import serves_no_day
from audits.reports.packs.said.total_words import (
    come_to,
    lacking,
    least_said,
    listed,
    minuted,
    not_counted,
    on_top,
    price_rises,
    range_of_net,
    word,
)
from audits.reports.packs.sums.lines_in_all import lines_in_all
from audits.reports.packs.sums.meeting_net import MeetingNet, meeting_net
from audits.reports.packs.sums.net_rests import Rest, rests_of
from audits.reports.packs.sums.total_rows import TotalRow
from audits.reports.packs.sums.worst_case import has_all_of, worst_case
from audits.scoring.costs.rounding import written
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.sums.decision_rows import (
    NOT_PRICED,
    DecisionRow,
    DecisionSums,
    bound,
    decision_row,
    decision_sums,
)
from audits.scoring.sums.ended_plans import (
    Release,
    released,
    sums_of_released,
)
from audits.scoring.sums.money_sums import (
    Decided,
    Effect,
    SumLine,
    sum_lines,
)

_TERM = " over\u00a012\u00a0months"  # on one line

# What a decision does to money, for one and for several. To settle something first is
# no decision.
_EFFECTS: Mapping[Effect, tuple[str, str]] = {
    "replaced": ("ends a plan", "end a plan"),
    "new": ("begins without a current plan", "begin without a current plan"),
    "same": ("changes no cost", "change no cost"),
    "measured": ("depends on a measurement", "depend on measurements"),
    "funded": ("only prepares for training", "only prepare for training"),
    "stopped": ("has stopped already", "have stopped already"),
    "unpriced": ("leads to what has no price", "lead to what has no price"),
    "told": ("is for information", "are for information"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What the decisions of a pack come to; US dollars over 12 months.

    `effects` count what each decision does, and what waits until something is settled,
    so they add up to all. `lines` are the sums of each kind of money with their spans,
    and `released` are the plans that end. Nothing is released where no decision causes
    it. The later 12 months begin on the day `on`, if it is known. `rows` are the
    decisions in order, and `asked` is their one total.
    """

    effects: Mapping[Effect, int]
    lines: tuple[SumLine, ...]
    released: tuple[Release, ...]
    on: date | None = None
    rows: tuple[DecisionRow, ...] = ()

    @property
    def asked(self) -> DecisionSums:
        """The totals asked for, released and held."""
        return decision_sums(self.rows)

    @property
    def meeting(self) -> MeetingNet | None:
        """What the meeting ends and adds to spending; None without an amount."""
        return meeting_net(self.asked)

    @property
    def decisions(self) -> int:
        """How many decisions are needed now."""
        return sum(self.effects.values()) - self.waiting - self.told

    @property
    def told(self) -> int:
        """How many papers are for information, and ask for no decision."""
        return self.effects.get("told", 0)

    @property
    def waiting(self) -> int:
        """How many use cases wait until something is settled."""
        return self.effects.get("settled", 0)

    @property
    def title(self) -> str:
        """The decisions needed with the one sum that they ask for, or what waits."""
        return next(filter(None, self._said), "")

    @property
    def beside_title(self) -> str:
        """What else the decisions are, in sentences below the title; may be empty."""
        return " ".join(filter(None, (self.unpriced, self.others)))

    @property
    def others(self) -> str:
        """What waits, and what is for information, in sentences; may be empty."""
        others = [*filter(None, self._said)][1:]
        return " ".join(f"{each}." for each in others)

    @property
    def lacking(self) -> str:
        """Which decisions have a cost that the total leaves out, in a sentence.

        Training that is only prepared for may be in the worst case.
        """
        left = [row for row in self._priced if not has_all_of(row)]
        said = lacking(left, self.decisions)
        return f"{said}." if said else ""

    @property
    def worst_case(self) -> str:
        """What the vote costs at worst, and what later votes can add; may be empty."""
        return worst_case(self.rows, self.asked)

    @property
    def _said(self) -> tuple[str, ...]:
        return self._needed, self._waits, self._told

    @property
    def _priced(self) -> list[DecisionRow]:
        return [row for row in self.rows if row.asked]

    @property
    def unpriced(self) -> str:
        """How many decisions have no price, where others have one, in a sentence."""
        number = sum(row.no_amount == NOT_PRICED for row in self.rows)
        if not number or self.asked.asked is None:
            return ""
        return f"{word(number)} {'has' if number == 1 else 'have'} no price."

    @property
    def in_all(self) -> tuple[SumLine, ...]:
        """What is asked for and ends in all kinds of money, with the net."""
        return lines_in_all(self.lines)

    @property
    def has_amounts(self) -> bool:
        """Whether anything is asked for, held or left as it is."""
        return bool(self.asked.asked or self.come_to)

    @property
    def minuted(self) -> str:
        """Which sum the minutes have; empty without any."""
        return minuted(self.in_all, self.on)

    @property
    def on_top(self) -> str:
        """How much of the sum asked for replaces no plan; empty if all of it does."""
        return on_top(self.asked)

    @property
    def come_to(self) -> tuple[str, ...]:
        """What the decisions hold and leave as it is, and a net if training is paid."""
        return come_to(self.asked, self.rows)

    @property
    def all_released(self) -> tuple[Release, ...]:
        """The sums of the plans that end, by state, where there are several."""
        return sums_of_released(self.released)

    @property
    def has_new_model(self) -> bool:
        """Whether the months until a new model is in use begin on the day."""
        return any(x.ends.awaits_model or x.instead.awaits_model for x in self.released)

    @property
    def has_funding(self) -> bool:
        """Whether one only prepares for training, beside a plan that goes on."""
        return "funded" in self.effects and bool(self.asked.goes_on)

    @property
    def not_counted(self) -> str:
        """All that the total asked for leaves out, in a sentence; empty if nothing."""
        return not_counted(self.rows)

    @property
    def price_rises(self) -> str:
        """Which part of the net amounts is only an announced price rise."""
        return price_rises(self.rows)

    @property
    def has_unlike_plans(self) -> bool:
        """Whether only some current plans run, or end, so that none are added up."""
        priced = [x for x in self.rows if x.today or x.recommended or x.asked]
        return len({(row.state, bool(row.released)) for row in priced}) > 1

    @property
    def of_all(self) -> TotalRow:
        """The total of all decisions."""
        name = "Total recommended and asked for" if self.has_unlike_plans else "Total"
        return TotalRow(name=name, today=self.today, sums=self.asked)

    @property
    def today(self) -> Band | None:
        """The 12 months of the current plans, if they are alike."""
        of_state = [*self.asked.today.values()]
        return of_state[0] if of_state and not self.has_unlike_plans else None

    @property
    def is_part(self) -> bool:
        """Whether the total asked for leaves something out."""
        return any(row.left_out for row in self.rows)

    @property
    def bound(self) -> str:
        """What the total asked for is as a number: at least so much, or in part."""
        return bound(self.asked.asked, is_part=self.is_part)

    @property
    def counts(self) -> str:
        """How many decisions do what, in a sentence; empty without any."""
        said = [
            f"{word(number).lower()} {one if number == 1 else several}"
            for effect, (one, several) in _EFFECTS.items()
            if (number := self.effects.get(effect, 0))
        ]
        sentence = "; ".join(said)
        return f"{sentence[:1].upper()}{sentence[1:]}." if said else ""

    @property
    def is_priced(self) -> bool:
        """Whether any sum has an amount that a decision moves or holds."""
        return any(line.amount and line.kind != "same" for line in self.lines)

    @property
    def has_net(self) -> bool:
        """Whether a line is a net, whose ends are explained."""
        return any(line.kind == "net" for line in self.lines)

    @property
    def range_of_net(self) -> str:
        """How the range of a net is counted, in a sentence; empty without a net."""
        return range_of_net(self.rows)

    @property
    def rests(self) -> tuple[Rest, ...]:
        """The nets that rest on something, with what they are without it."""
        return rests_of(self.lines, self.released)

    @property
    def spent_once(self) -> str:
        """Which one-off costs are counted as spent on the day; empty if none."""
        spent = [
            f"${written(plan.ends.spent)} for “{plan.name}”"
            for plan in self.released
            if plan.ends.spent
        ]
        return f"Counted as spent once by then: {listed(spent)}." if spent else ""

    @property
    def closed(self) -> str:
        """Which plans cannot begin any more on the day, and why; empty if all can."""
        why: dict[str, list[str]] = {}
        for plan in self.released:
            if plan.ends.closed:
                why.setdefault(plan.ends.closed, []).append(f"“{plan.name}”")
        said = [
            f"{listed(names)} cannot begin any more: "
            f"{'its' if len(names) == 1 else 'their'} {closed}"
            for closed, names in why.items()
        ]
        if not said:
            return ""
        is_one = sum(map(len, why.values())) == 1
        whose = "Its up-front cost is" if is_one else "Their up-front costs are"
        return f"{'. '.join(said)}. {whose} not counted from that day on."

    @property
    def no_day(self) -> str:
        """Whose new model would serve no day if it began on the day; may be empty."""
        return serves_no_day(self.released)

    @property
    def cannot_begin(self) -> tuple[str, ...]:
        """The names of the plans that cannot begin any more on the day."""
        return tuple(plan.name for plan in self.released if plan.ends.closed)

    @property
    def _needed(self) -> str:
        if not self.decisions:
            return ""
        if not self.asked.asked:
            return _asked(self.decisions)
        unpriced = sum(row.no_amount == NOT_PRICED for row in self.rows)
        number = self.decisions - unpriced
        ask = "asks" if number == 1 else "ask"
        who = _count(self.decisions)
        if unpriced:
            who = f"{word(number)} of {_count(self.decisions).lower()}"
        return f"{who} {ask} for {self.amount}"

    @property
    def amount(self) -> str:
        """What the decisions ask for in all, the one sum; empty without a price.

        The total below it has what they release, and the net.
        """
        return f"{self.sum}{_TERM}" if self.sum else ""

    @property
    def sum(self) -> str:
        """The same without its months."""
        asked = self.asked.asked
        return f"{least_said(self.bound)}${written(asked.expected)}" if asked else ""

    @property
    def _waits(self) -> str:
        if not self.waiting:
            return ""
        one, several = ("more", "more") if self.decisions else ("use case", "use cases")
        what = f"{one} waits" if self.waiting == 1 else f"{several} wait"
        return f"{word(self.waiting)} {what} until something is settled"

    @property
    def _told(self) -> str:
        if not self.told:
            return ""
        papers = "paper is" if self.told == 1 else "papers are"
        return f"{word(self.told)} {papers} for information"


def totals(decisions: Sequence[Decided], on: date | None = None) -> Totals:
    """Add up the money of decisions by kind, and count what each does.

    Args:
        decisions: The decisions.
        on: The day on which they are taken, if it is known.
    """
    return Totals(
        effects=Counter(each.effect for each in decisions),
        lines=sum_lines(decisions, on),
        released=released(decisions, on),
        on=on,
        rows=tuple(map(decision_row, decisions)),
    )


def _asked(number: int) -> str:
    return f"{_count(number)} {'is' if number == 1 else 'are'} needed"


def _count(number: int) -> str:
    return f"{word(number)} decision{'' if number == 1 else 's'}"
