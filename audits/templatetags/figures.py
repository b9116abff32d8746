"""Numbers and links as pages print them."""

import re
from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from audits.frameworks.questions import Technique
from audits.frameworks.schema import Framework
from audits.scoring.board.overrides import overridden_money
from audits.scoring.costs.cost_numbers import OWN_GPUS, SHORT_NAMES, PricedTechnique
from audits.scoring.costs.rounding import in_column, written
from audits.scoring.decision_words import as_told, once_lawful, parts_told
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.for_board import for_board
from audits.scoring.money.basis import as_rented, rented_machines
from audits.scoring.money.basis import lacks_rented as lacks_rented_of
from audits.scoring.money.earned import pays_too_little
from audits.scoring.money.names import row_names
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.words import Money
from audits.scoring.numbers import replaced_words
from audits.scoring.options import option_reasons, standing
from audits.scoring.options import other_costs as costs_beside
from audits.scoring.options.named_replacement import named_replacement
from audits.scoring.options.value_of_calls import earned_in_short, value_of_calls
from audits.scoring.options.verdict_cost import is_least
from audits.scoring.pricing.cost_plan import TechniqueCost
from audits.scoring.pricing.runs_on import AT_A_PROVIDER
from audits.scoring.pricing.runs_on import runs_on as runs_on_of
from audits.scoring.sentences import documents
from audits.scoring.sentences.window_of_model import window_too_small
from audits.scoring.summary.first_steps import within
from audits.scoring.sums import year_parts
from audits.scoring.sums.asked.funded import funded
from audits.scoring.sums.asked.period import counted_from
from audits.scoring.sums.columns import columns, price_columns
from audits.scoring.sums.phases import for_training
from audits.scoring.told.amounts.test_set_charged import test_set_charged
from audits.scoring.told.amounts.tested_set_up import tested_set_up
from audits.scoring.told.result.asked_sum import beside_sum
from audits.scoring.told.result.time_apart import time_apart
from audits.scoring.told.without_price import step_without_price, without_price
from audits.scoring.untested import lacks_examples

register = template.Library()

# For drawings without a stylesheet; the light colours of tokens.css.
_COLOURS = {
    "stop": "#a4382a",
    "gather": "#865800",
    "rebuild": "#0d726c",
    "distil": "#3a4ba6",
    "tune": "#75389a",
    "part": "#1f6091",
    "keep": "#4a661c",
    "move": "#97316b",
}
_LINK = re.compile(r"https://[^\s;]+|arXiv:(?P<arxiv>\d{4}\.\d{4,5})")


register.filter("asked_to_run", funded)
register.filter(columns)
register.filter(counted_from)
register.filter(price_columns)
register.filter(option_reasons.why_out)
register.filter(beside_sum)
register.filter(within)
register.filter(test_set_charged)
register.filter(tested_set_up)
register.filter(named_replacement)
register.filter(year_parts.parts_of_named)
register.filter(for_board)
register.filter(without_price)
register.filter(step_without_price)
register.filter(value_of_calls)
register.simple_tag(time_apart)
register.filter(once_lawful)
register.filter(earned_in_short)
register.filter(for_training)
register.filter(window_too_small)
register.filter(pays_too_little)
register.filter(is_least)
register.filter(replaced_words.replaced_title)
register.filter(replaced_words.replaced_money)
register.filter(replaced_words.replaced_said)
register.filter(replaced_words.replaced_rate_said)


@register.filter
def signed(number: int) -> str:
    """Write a number with its sign; minus is the minus sign, not a hyphen."""
    return f"+{number}" if number > 0 else f"{number}".replace("-", "\u2212")


@register.filter
def dollars(amount: Decimal | None) -> str:
    """Write US dollars that are rounded already, or a sum of such.

    >>> dollars(Decimal("10058.00")), dollars(Decimal("0.85")), dollars(None)
    ('$10,058', '$0.85', 'Not known')
    >>> dollars(Decimal(0)), dollars(Decimal("-31.1"))
    ('$0', '\u2212$31.10')
    """
    if amount is None:
        return "Not known"
    sign = "\u2212" if amount < 0 else ""
    return f"{sign}${written(abs(amount))}"


@register.filter
def rise(amount: Decimal) -> str:
    """Write what an announced change adds, so that a rise and a saving differ by sign.

    >>> rise(Decimal(1200)), rise(Decimal("-31.1")), rise(Decimal(0))
    ('+$1,200', '\u2212$31.10', '$0')
    """
    return f"{'+' if amount > 0 else ''}{dollars(amount)}"


@register.filter
def rise_in_column(number: Decimal) -> str:
    """Write the same for a column that names dollars.

    >>> rise_in_column(Decimal(1200)), rise_in_column(Decimal(-31))
    ('+1,200', '\u221231')
    """
    return f"{'+' if number > 0 else ''}{amount(number)}"


@register.filter
def more_in_column(saving: Decimal) -> str:
    """Write how much more something costs, from what it saves, as a net of a pack.

    >>> more_in_column(Decimal(31)), more_in_column(Decimal(-1200))
    ('\u221231', '+1,200')
    """
    return rise_in_column(-saving)


@register.filter
def less_or_more(saving: Decimal) -> str:
    """Write what 12 months of something cost beside those of something else.

    >>> less_or_more(Decimal(148)), less_or_more(Decimal(-20))
    ('$148 less over 12 months', '$20 more over 12 months')
    """
    return f"{dollars(abs(saving))} {_less_or_more(saving)} over 12 months"


@register.filter
def difference(saving: Decimal) -> str:
    """Write the same where the 12 months are named already.

    >>> difference(Decimal(148)), difference(Decimal(-20))
    ('$148 less', '$20 more')
    """
    return f"{dollars(abs(saving))} {_less_or_more(saving)}"


def _less_or_more(saving: Decimal) -> str:
    return "less" if saving >= 0 else "more"


@register.filter
def amount(number: Decimal, in_thousands: bool = False) -> str:
    """Write the same for a column that names dollars, or thousands of them.

    >>> amount(Decimal("1473")), amount(Decimal(-1_500_000), True)
    ('1,473', '\u22121,500')
    """
    return in_column(number, in_thousands=in_thousands)


@register.filter
def grouped(number: Decimal | int) -> str:
    """Write a number with thousands separators, and no trailing zeros.

    >>> grouped(Decimal("100000.50")), grouped(20), grouped(Decimal(100))
    ('100,000.5', '20', '100')
    """
    text = f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def links(text: str) -> SafeString:
    """Link the https addresses and arXiv numbers in a text; the rest is plain text.

    It links only https, so no other scheme ever reaches a href.
    """
    parts: list[tuple[str]] = []
    end = 0
    for found in _LINK.finditer(text):
        parts.append((text[end : found.start()],))
        arxiv = found["arxiv"]
        href = f"https://arxiv.org/abs/{arxiv}" if arxiv else found.group()
        parts.append((format_html('<a href="{}">{}</a>', href, found.group()),))
        end = found.end()
    parts.append((text[end:],))
    return format_html_join("", "{}", parts)


@register.filter
def family_colour(family: str) -> str:
    """Return the colour of a family of verdicts in a drawing; grey without one."""
    return _COLOURS.get(family, "#5b6770")


@register.filter
def in_short(technique: PricedTechnique) -> str:
    """Return the name of a priced technique in a word or two."""
    return SHORT_NAMES[technique]


@register.filter
def row_name(row: MoneyRow, money: Money) -> str:
    """Return what a row of money is called, so that no two prices have one name."""
    return row_names.row_name(money, row)


@register.filter
def has_moves(money: Money) -> bool:
    """Return whether a table of all techniques has other amounts than page 1."""
    return any({*row_names.MOVES} & {*row.roles} for row in money.rows)


@register.filter
def technique_beside(cost: TechniqueCost, money: Money) -> str:
    """Return what a technique is called in a table of all, beside the rows of money."""
    return row_names.technique_name(money, cost)


@register.filter
def lacks_rented(technique: PricedTechnique, assessment: Assessment) -> bool:
    """Return whether its name must still say that own servers are priced as rented."""
    return lacks_rented_of(assessment, technique)


@register.filter
def runs_on(technique: PricedTechnique, money: Money) -> str:
    """Say what a row of money runs on, where other rows run on something else."""
    return runs_on_of(technique, [row.technique for row in money.stated])


@register.filter
def is_built(row: MoneyRow) -> bool:
    """Return whether a test has made it, so that nothing is paid to build it."""
    return year_parts.is_built(row)


@register.filter
def as_price(runs_on: str, assessment: Assessment) -> str:
    """Say that only a price is a provider's, where all has to run on own servers."""
    is_elsewhere = runs_on == AT_A_PROVIDER and assessment.means.machines
    return f"{runs_on}’s price" if is_elsewhere else runs_on


@register.filter
def why_not(technique: PricedTechnique, assessment: Assessment) -> str:
    """Return why a technique is not what is recommended; empty for what is."""
    return option_reasons.why_not(assessment).get(technique, "")


@register.filter
def interim_choice(assessment: Assessment) -> str:
    """Return the choice between an interim that is ruled out and none; may be empty."""
    return option_reasons.interim_choice(assessment)


@register.filter
def other_costs(assessment: Assessment, money: Money) -> costs_beside.OtherCosts:
    """Return what the techniques without a row of money cost; may be empty."""
    return costs_beside.other_costs(assessment, money)


@register.filter
def asks_said(money: Money, is_told: bool) -> str:
    """Return what is asked for, or only what it costs where nothing is."""
    return as_told(money, "told" if is_told else "asked")


@register.filter
def parts_said(money: Money, is_told: bool) -> str:
    """Return how that is made up."""
    return parts_told(money.parts, money, "told" if is_told else "asked")


@register.filter
def with_counting(money: Money, own: MoneyRow | None) -> Money:
    """Return the computed money with the row of an override, which counts."""
    # Without an override a template passes an empty text.
    return overridden_money.with_counting(money, own) if money and own else money


@register.filter
def counts_instead(row: MoneyRow, own: MoneyRow | None) -> bool:
    """Return whether a row is what counts once an override does."""
    return overridden_money.counts_instead(row, own)


@register.simple_tag
def standing_now(
    row: MoneyRow, assessment: Assessment, instead: str, own: MoneyRow | None
) -> str:
    """Return what a row of the computed money is, or once an override counts."""
    said = standing.standing_of(assessment, row)
    if not instead:
        return said
    counts = overridden_money.counts_instead(row, own)
    waits = counts and lacks_examples(assessment, row.technique)
    return overridden_money.standing_beside(said, counts=counts, waits=waits)


@register.filter
def without_documents(technique: PricedTechnique, assessment: Assessment) -> str:
    """Return which documents the price of a technique leaves out; may be empty."""
    return documents.without_documents(assessment, technique)


@register.filter
def is_as_rented(technique: PricedTechnique, assessment: Assessment) -> bool:
    """Return whether own servers are priced as if they were rented."""
    return technique in as_rented(assessment)


@register.filter
def year_in_short(row: MoneyRow) -> str:
    """Return what makes 12 months of a row more than 12 times its month, if any."""
    return year_parts.row_in_short(row)


@register.filter
def months_of(cost: TechniqueCost) -> str:
    """Return the same for a technique in a table of all."""
    return year_parts.of_price(cost.technique, cost.price) if cost.price else ""


@register.filter
def month_of(cost: TechniqueCost) -> Decimal | None:
    """Return what a month of a technique costs, as the row of a plan tells it."""
    return year_parts.month_of(cost.technique, cost.price) if cost.price else None


@register.filter
def lines_of(cost: TechniqueCost) -> tuple[str, ...]:
    """Return what a technique costs a month and once, and each amount once."""
    price = cost.price
    return year_parts.lines_of_price(cost.technique, price) if price else ()


@register.filter
def year_for_paper(assessment: Assessment, money: Money | None) -> str:
    """Return what 12 months add up from, where they are not 12 times a month."""
    return year_parts.year_for_paper(assessment, money)


@register.filter
def machines_of(technique: PricedTechnique, assessment: Assessment) -> str:
    """Return how the machines of a technique differ from the usual ones, if they do."""
    return rented_machines(assessment) if technique in OWN_GPUS else ""


@register.filter
def technique_name(technique: Technique, framework: Framework) -> str:
    """Return a technique's name."""
    return framework.techniques[technique]
