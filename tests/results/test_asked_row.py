"""What the verdict asks for is a row of its money, and the later request wins."""

from pathlib import Path

from django.template.loader import render_to_string

from audits.scoring.money.of_assessment import money_of
from tests.reports.test_twelve_verdicts import assessed

TEMPLATES = Path(__file__).parents[2] / "templates"


def test_amount_that_is_asked_for_first_is_the_bold_row() -> None:
    found = assessed("fine_tune_after_mlops")
    money = money_of(found)

    assert money
    assert money.funding
    context = {"assessment": found, "money": money}
    page = render_to_string("results/money/rows.html", context)

    assert page.count('class="chosen"') == 1
    bold = page.partition('class="chosen"')[2].partition("</tr>")[0]
    assert "Asked for first" in bold
    assert f"${money.funding.expected:,.0f}" in bold


def test_later_change_of_a_scenario_does_not_wait_for_an_earlier_one() -> None:
    form = (TEMPLATES / "results" / "what_if" / "what_if.html").read_text()

    assert 'hx-sync="this:replace"' in form
