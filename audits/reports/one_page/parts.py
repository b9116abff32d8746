"""The box and the options of page 1, each with what only the appendix has in full."""

import re
from dataclasses import dataclass
from datetime import date

from audits.scoring.board.box_amounts import ASKED_LATER
from audits.scoring.board.box_words import (
    Asked,
    apart_from_caveat,
    asked_in_box,
    by_whom,
    note_in_brief,
    nothing_in_box,
    once_ready,
    recommended_in_box,
    rest_of_note,
    without_running,
)
from audits.scoring.board.limits.until_ready import limited
from audits.scoring.board.overriding import Overridden
from audits.scoring.options.if_nothing import IF_NOTHING
from audits.scoring.options.option_briefs import is_longer
from audits.scoring.options.option_rows import (
    NamedRows,
    OptionRow,
    in_table,
    named_alone,
    option_rows,
)
from audits.scoring.options.options import Choice
from audits.scoring.results_behind.approved_on import is_unopened

_NEEDS = "Training needs a second approval"
_SECOND = f"{_NEEDS}."
# What the decision, or its second approval, says as well.
_ONCE_IN_PLACE = "Decide on training once they are in place. "
_BUYS = "The 12 months buy "
_NOTHING_ENDS = f"No planned spending ends. {_BUYS}"
_TO_RUN = "For what it takes to run a model. "
_ASKS_FOR = re.compile(r"Approve (?:up to )?\$")
_ABOVE = "Anything above the sum comes back to the board."
_EXPECTED = "The sum is the expected cost; to spend more takes another vote."
_WRONG = re.compile(r"; ((?:fewer than )?\d+ of 100 answers stay wrong.*)$")
# The net of the months that were priced, and what it is if a training is paid.
_PRICED_NET = re.compile(
    r"\$[\d,]+ (?:less|more) than (?:the \$[\d,]+ (?:(?:for|of) (?=the current plan)|"
    r"(?=planned)))"
)
_PRICED_IF_PAID = re.compile(r"(?<=, or )(?:\$[\d,]+ (?:less|more)|nothing less)")
_PRICED_LATER = re.compile(r"(: )[a-z\d ]+(, the plan is cheaper in all)")
_IN_BOX = ", the plan is cheaper in all"
_LESS_THEN = re.compile(r"(less over these months than [^.;,]+)\.")
_BOTH = re.compile(r"” goes on|with 12 months of “")
_AS_ADVISED = ", as advised:"
# What the terms of a decision say as well.
_CHEAPER = re.compile(r"“[^”]+” \((\$[\d,]+)\) costs less[^.]*\.\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionsTable:
    """The options: a few in the table of page 1, and the names of the others."""

    options: tuple[Choice, ...]

    @property
    def option_rows(self) -> tuple[OptionRow, ...]:
        """The options of the table in rows, one for each reason."""
        return option_rows(in_table(self.options))

    @property
    def named_alone(self) -> tuple[NamedRows, ...]:
        """The options of which page 1 has, or may only keep, the names."""
        shown = in_table(self.options)
        others = [each for each in self.options if each not in shown]
        return named_alone(self.option_rows, others)

    @property
    def names_some_alone(self) -> bool:
        """Whether the table never has some of the options."""
        return any(not each.numbers for each in self.named_alone)

    @property
    def reasons_in_full(self) -> tuple[tuple[str, str], ...]:
        """The reasons that page 1 has not or in fewer words, with their options."""
        shown, found = in_table(self.options), dict[str, list[str]]()
        for each in self.options:
            is_offer = each.name.startswith("Offer: ")  # has a table of its own
            is_left_out = each not in shown or is_longer(each.why)
            if each.cost and not is_offer and is_left_out:
                # The row ends each; a sentence of a framework has its full stop.
                why = each.why.removesuffix(".")
                found.setdefault(why, []).append(each.name)
        return tuple((", ".join(names), why) for why, names in found.items())

    @property
    def has_two_together(self) -> bool:
        """Whether the range of an option is that of two costs together."""
        return any(x.is_chosen and _BOTH.search(x.why) for x in self.options)

    @property
    def has_costs(self) -> bool:
        """Whether an option has a cost."""
        return any(option.cost for option in self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box(OptionsTable):
    """What the box says, and the options; the words that an author wrote stay whole.

    `practices` says how many are in place, where a sum sets up more than is needed,
    `limit` how long and for how much a permission lasts, `own_work` what runs or is
    done beside the sum, and
    `net_then` what it saves from there if that is another sum: `net_if_paid` is the
    same if a training is paid, and `cheaper_then` from when on it saves nothing.
    `built` says what no sum builds, as its test has, whether or not one is asked for.
    `granted` says what a board approved of that, where it is another sum. What it
    deferred `is_deferred`, and asked again.
    `not_checked` says what of the case nobody has found out, and `stays_below` that
    what goes on misses its target whatever is decided. `net_parts` says what of a net
    is engineers’ time, and what can still be saved on the day of the decision. It
    `has_table` where “Money” has the days and the range of the sum: its amounts are of
    12 months that `counts_from` a day, or None from that of the verdict.
    """

    verdict: str
    decision_asked: str
    recommendation: str
    if_nothing: str
    money_note: str
    no_amount: str
    standing: str
    written: tuple[str, ...] = ()
    term: str = ""
    has_table: bool = False
    counts_from: date | None = None
    practices: str = ""
    limit: str = ""
    own_work: str = ""
    built: str = ""
    not_checked: str = ""
    net_then: str = ""
    net_if_paid: str = ""
    cheaper_then: str = ""
    stays_below: str = ""
    net_parts: str = ""
    override: Overridden | None = None
    is_decided: bool = False
    is_deferred: bool = False
    granted: str = ""
    nothing_head: str = IF_NOTHING

    @property
    def decision_lead(self) -> str:
        """The first sentence of the decision, or all of it if an author wrote it.

        Who agreed is the board where it decided, and else who signed it off.
        """
        lead = self._asked.lead
        is_written = "decision_asked" in self.written
        return lead if is_written else by_whom(lead, is_decided=self.is_decided)

    @property
    def asks_later(self) -> str:
        """The same of what cannot be decided yet, as no command."""
        return (
            self.decision_lead
            if "decision_asked" in self.written
            else once_ready(self.decision_lead)
        )

    @property
    def amount(self) -> str:
        """What the decision is about, after what a board approved; may be empty."""
        amount = self._asked.amount
        if self.net_then:
            amount = _PRICED_NET.sub(f"{self.net_then} than ", amount)
            if later := self.cheaper_then:
                amount = _LESS_THEN.sub(rf"\1; {later}{_IN_BOX}.", amount)
        if self.net_if_paid:
            amount = _PRICED_IF_PAID.sub(self.net_if_paid, amount)
        return " ".join(filter(None, (self.granted, amount)))

    @property
    def terms(self) -> str:
        """What else the decision says, but for an approval that its row has.

        A sum that a board is asked for is the most that may be spent.
        """
        asked = self._asked
        said = limited(asked.terms, "" if self.override else self.limit)
        if _NEEDS in self.standing:
            said = said.replace(_SECOND, "").replace(_ONCE_IN_PLACE, "").strip()
        is_sum = "decision_asked" not in self.written and _ASKS_FOR.match(asked.lead)
        if not is_sum:
            return said if self.override else f"{said} {self.built}".strip()
        said = said.replace(_NOTHING_ENDS, _BUYS)
        beside = () if self.override else (self.own_work,)
        above = _ABOVE if "expected cost" in self.amount else _EXPECTED
        return " ".join(filter(None, (said, above, *beside)))

    @property
    def approval(self) -> str:
        """What is approved, as a sentence that goes on with the open checks.

        Empty where a reviewer has to open the evidence first, which its row says.
        """
        if is_unopened(self.standing):
            return ""
        if " to fund " in self.decision_lead and self.standing.startswith(_TO_RUN):
            return self.standing.removeprefix(_TO_RUN)
        said = self.standing.replace("For what it takes", "This approves what it takes")
        return said if said != self.standing else f"Approval: {said}"

    @property
    def recommended(self) -> str:
        """What follows the name of the verdict, as far as its line has room.

        A step that comes before all else keeps what to do until then.
        """
        if self.no_amount:
            return self.recommendation
        return recommended_in_box(self.verdict, self.recommendation)

    @property
    def follows(self) -> str:
        """What happens if nobody acts, in a line."""
        is_written = "if_nothing" in self.written
        if is_written:
            return self.if_nothing
        said = nothing_in_box(self.if_nothing)
        is_late = self.nothing_head != IF_NOTHING  # the board said to do it
        return said.replace(_AS_ADVISED, " either way:") if is_late else said

    @property
    def stays_wrong(self) -> str:
        """How often what goes on is wrong, by its test, where its line has no room."""
        if self.stays_below:
            return ""
        found = "if_nothing" not in self.written and _WRONG.search(self.if_nothing)
        return found[1] if found and found[1] not in self.follows else ""

    @property
    def note_in_brief(self) -> str:
        """What page 1 says below the amounts, but for a net that its box has."""
        said = self.money_note
        if ASKED_LATER in self.amount:
            said = without_running(said)  # what stays has its room
        said = note_in_brief(said, has_net=self._asked.has_net)
        found = _CHEAPER.match(said)
        return said[found.end() :] if found and found[1] in self.terms else said

    @property
    def note_and_caveat(self) -> tuple[str, str]:
        """The same in two parts, of which the second never gives way.

        It says how much more the advice can cost, and what the net is made up of.
        """
        note, caveat = apart_from_caveat(self.note_in_brief)
        made = self._asked.made_up
        if self.cheaper_then:
            is_told = _IN_BOX in self.amount
            made = _PRICED_LATER.sub(
                "" if is_told else rf"\1{self.cheaper_then}\2", made
            )
        return note, " ".join(filter(None, (made, caveat)))

    @property
    def rest_of_note(self) -> str:
        """What page 1 has not of that; all of it where it has only a part of it."""
        return rest_of_note(self.money_note, has_net=self._asked.has_net)

    @property
    def _asked(self) -> Asked:
        if "decision_asked" in self.written:
            return Asked(self.decision_asked, "", "")
        if (own := self.override) is not None:
            asked = asked_in_box(f"{own.decision} {own.amount}")
            return asked._replace(terms=own.terms)
        said = self.decision_asked, self.money_note
        return asked_in_box(
            *said,
            term=self.term,
            made_up=self.net_parts,
            has_table=self.has_table,
        )
