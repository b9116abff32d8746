"""The rows of the options on page 1, and which give way where it is too full."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.options.option_briefs import brief, costs_more
from audits.scoring.options.options import DO_NOTHING, Choice
from audits.scoring.options.verdict_cost import NOT_RUNNING

# Among what gives way in the template of page 1.
_OTHERS, _CHEAPER = "1", "6"
_OUT, _COMPARED = "Ruled out", "Also compared"
# What is compared, and nobody can choose; in the table it has fewer words.
_NO_CHOICE, _ALONE = ", move not counted", ", without move"
# How the reason of an option begins that is priced in the place of another one.
_PRICED_IN_PLACE = ("Used meanwhile", "Not approved before ")
# Beside what is priced in place of a recommendation, which itself may cost more.
_NO_LESS = "costs no less"
MOST = 6  # options in the table; of more, page 1 has the names


@dataclass(frozen=True, slots=True)
class OptionLine:
    """An option on a line of its own; `advised` is what the recommended one costs.

    Where that is no sum of 12 months with running, it is that of `instead`, by name.
    """

    option: Choice
    advised: str = ""
    instead: str = ""

    @property
    def name(self) -> str:
        """What it is called; the plan that doing nothing goes on with is above it."""
        name, _, _ = self.option.name.partition(f"{DO_NOTHING}: ")
        return name.replace(_NO_CHOICE, _ALONE) or DO_NOTHING

    @property
    def why(self) -> str:
        """Why or why not, in few words; the appendix has it in full."""
        why = self.option.why
        more = costs_more(why, self.amount, self.advised, than=self.instead)
        return more or brief(why)

    @property
    def amount(self) -> str:
        """What 12 months of it are expected to cost."""
        return self.option.cost.partition(" (")[0]

    @property
    def span(self) -> str:
        """What 12 months of it cost as one range, or as far as that is known."""
        _, _, inside = self.option.cost.partition(" (")
        return inside.removesuffix(")") or self.amount

    @property
    def range(self) -> str:
        """The least and the most that 12 months of it may cost; empty without both."""
        return "" if self.span == self.amount else self.span

    @property
    def named(self) -> str:
        """Its name alone, with its amount if that is known."""
        known = self.option.amount is not None
        return f"{self.option.name} ({self.amount})" if known else self.option.name


@dataclass(frozen=True, slots=True)
class OptionRow:
    """Options with one reason.

    `gives_way` counts the rows that do on a full page 1, in order; 0 for one that does
    not. One that `is_cheaper` than what is recommended does so after much else: readers
    ask for it first.
    """

    why: str
    options: tuple[Choice, ...]
    gives_way: int = 0
    is_cheaper: bool = False
    advised: str = ""
    instead: str = ""

    @property
    def kind(self) -> str:
        """The number of its kind among what gives way on page 1; empty if it stays."""
        if not self.gives_way:
            return ""
        return _CHEAPER if self.is_cheaper else _OTHERS

    @property
    def number(self) -> str:
        """Its number among what gives way on page 1; empty if it stays."""
        return f"{self.kind}.{self.gives_way}" if self.kind else ""

    @property
    def why_cheaper(self) -> str:
        """Why it is not chosen though it costs less, in few words; else empty.

        Page 1 says it even where it only keeps the name: readers ask for it first.
        """
        is_told = self.is_cheaper and _NO_LESS not in self.why
        return lower_first(brief(self.why)) if is_told else ""

    @property
    def lines(self) -> tuple[OptionLine, ...]:
        """A line for each option."""
        than = self.advised, self.instead
        return tuple(OptionLine(each, *than) for each in self.options)

    @property
    def is_chosen(self) -> bool:
        """Whether it is what is recommended."""
        return self.options[0].is_chosen

    @property
    def is_nothing(self) -> bool:
        """Whether it is to do nothing."""
        return self.options[0].name.startswith(DO_NOTHING)


@dataclass(frozen=True, slots=True)
class NamedRows:
    """The rows that only keep their names once they give way, and what they are."""

    said: str
    rows: tuple[OptionRow, ...]

    @property
    def numbers(self) -> str:
        """The numbers of the rows; empty where one of them is never in the table."""
        numbers = [row.number for row in self.rows]
        return " ".join(numbers) if all(numbers) else ""


def named_alone(
    rows: Sequence[OptionRow], others: Sequence[Choice] = ()
) -> tuple[NamedRows, ...]:
    """Return the rows that only keep their names: ruled out ones, then the others.

    Args:
        rows: The rows of page 1, of which some may give way.
        others: The options that its table never has.
    """
    chosen = next((row.options[0] for row in rows if row.is_chosen), None)
    groups = (tuple(same) for _, same in groupby(others, key=lambda each: each.why))
    alone = [
        OptionRow(
            why=same[0].why,
            options=same,
            is_cheaper=any(chosen and _costs_less(each, chosen) for each in same),
        )
        for same in groups
    ]
    giving = [*alone, *(row for row in rows if row.kind)]
    out = tuple(row for row in giving if row.options[0].is_out)
    compared = tuple(row for row in giving if not row.options[0].is_out)
    found = NamedRows(_OUT, out), NamedRows(_COMPARED, compared)
    return tuple(each for each in found if each.rows)


def in_table(options: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return the options that the table of page 1 has, in order.

    What is recommended and what always stays come first, as does what is proposed
    without its move, with which others are compared; then what can be chosen, and of
    that and of the rest what costs less than the recommended one. Those that one reason
    rules out stay together: one alone would look as if it could be chosen.

    Args:
        options: The options, in order.
    """

    def rank(place: int) -> tuple[bool, bool, bool]:
        each = options[place]
        is_fixed = each.is_chosen or each.stays or _NO_CHOICE in each.name
        return not is_fixed, each.is_out, not _costs_less(each, options[0])

    kept = sorted(range(len(options)), key=rank)[:MOST]
    left_out = {x.why for n, x in enumerate(options) if x.is_out and n not in kept}
    return tuple(
        each
        for each in (options[place] for place in sorted(kept))
        if not each.is_out or each.stays or each.why not in left_out
    )


def option_rows(options: Sequence[Choice]) -> tuple[OptionRow, ...]:
    """Return the options in rows, one for each reason.

    What is recommended, the next best, an offer and doing nothing never give way. The
    next best is the first of the others that can be chosen. Of the rest, what is ruled
    out gives way first, and the last before the others; what costs less than the
    recommended one only after much else of the page.

    Args:
        options: The options, in order.
    """
    beside = _compared_with(options)
    advised = OptionLine(beside).amount if beside else ""
    instead = beside.name if beside and not beside.is_chosen else ""
    others = [each for each in options if not (each.is_chosen or each.stays)]
    best = next((each for each in others if not each.is_out), None)
    rows = [tuple(same) for _, same in groupby(options, key=lambda each: each.why)]
    giving = [
        place
        for place, row in enumerate(rows)
        if all(each is not best and each in others for each in row)
    ]
    giving.sort(key=lambda place: (not rows[place][0].is_out, -place))
    return tuple(
        OptionRow(
            why=row[0].why,
            options=row,
            gives_way=giving.index(place) + 1 if place in giving else 0,
            is_cheaper=any(_costs_less(each, options[0]) for each in row),
            advised=advised,
            instead=instead,
        )
        for place, row in enumerate(rows)
    )


def _compared_with(options: Sequence[Choice]) -> Choice | None:
    """Return the option whose 12 months the others are set against; None without one.

    What only measures, or gets ready, runs nothing: what is priced in its place does.
    """
    if not options or not options[0].is_chosen:
        return None
    if not options[0].why.startswith(NOT_RUNNING):
        return options[0]
    return next(
        (each for each in options if each.why.startswith(_PRICED_IN_PLACE)), None
    )


def _costs_less(option: Choice, advised: Choice) -> bool:
    if option.amount is None or advised.amount is None:
        return False
    return advised.is_chosen and option.amount < advised.amount
