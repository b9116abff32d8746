"""Beside the price of a plan on own servers stands that it is a rented one's."""

import re
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.template.loader import render_to_string

from audits.frameworks.loading.loader import current
from audits.reports.pdf_client import manuscript_of
from audits.scoring import Assessment
from audits.scoring.money.basis import as_rented
from audits.scoring.money.measuring import funding
from audits.scoring.options.option_reasons import interim_choice
from audits.scoring.options.options import options
from tests.board_money.printed_papers import page_one_of, paper_of
from tests.casting import Cast
from tests.scoring.costs.worked_decisions import assessed, money
from tests.scoring.money.test_money import KNOWLEDGE
from tests.scoring.twelve_verdicts import ANSWERS

OWN = ANSWERS["fine_tune"] | {"hosting": "self_host"}
TODAY = {"today": "prompt"}


def named(**answers: str) -> dict[str, str]:
    found = options(current(), assessed(OWN | answers, **TODAY))
    return {option.name: option.why for option in found}


def test_options_on_own_servers_say_that_they_are_priced_as_rented() -> None:
    own, rented = named(), named(hosting="cloud_ok")

    assert {"Distilled model, rented"} <= own.keys()
    assert own["Fine-tune"] == ("Recommended; own servers priced as rented")
    assert not any("rented" in f"{name} {why}" for name, why in rented.items())


def test_what_is_trained_later_says_so_too() -> None:
    later = ANSWERS["fine_tune_after_mlops"] | {"hosting": "self_host"}

    found = options(current(), assessed(later, **TODAY))

    whys = {option.name: option.why for option in found}
    assert whys["Tuned open model, rented"] == (
        "Not approved before it can be run; own servers priced as rented"
    )


@pytest.mark.once
def test_paper_says_so_on_page_one_and_beside_each_price(cast: Cast) -> None:
    paper = paper_of(cast, OWN, **TODAY)

    assert "own servers priced as rented" in page_one_of(paper)
    assert "No row is the price of your own servers" in page_one_of(paper)
    # Each row of the table says what it runs on, as they do not run on the same.
    page = page_one_of(paper)
    assert "Prompt, at a provider’s price" in page
    # What has to run on own servers runs at no provider, as far as is known.
    assert "“Prompt” must run on your own servers, but is priced at a provider" in page
    assert " “Prompt” must run on your own servers" in paper.one.not_checked
    planned = paper_of(cast, OWN, "building", **TODAY)
    said = "What “Prompt” costs on your own servers is not known."
    assert said in planned.one.not_checked
    assert "Recommended: Tuned open model, on rented GPUs" in page_one_of(paper)
    assert "Tuned open model" in " ".join(manuscript_of(paper).html.split())


@pytest.mark.once
def test_box_and_result_say_that_a_refusal_has_no_known_cost(cast: Cast) -> None:
    later = ANSWERS["fine_tune_after_mlops"]
    paper = paper_of(cast, later | {"hosting": "self_host"}, "building", **TODAY)

    [year] = re.findall(r"\$[\d,]+ over 12 months", paper.one.if_nothing)
    unknown = (
        "“Prompt” goes ahead. That cost is not known: no price of your own servers is "
        f"entered ({year} at a provider)."
    )
    assert paper.one.follows == unknown
    assert unknown in page_one_of(paper)
    assert "with “Prompt” at a provider in these 12 months, that is $" in (
        paper.one.money_behind
    )
    # Errors of both are independent but for shared numbers: less than both ranges.
    assert "Range of two costs: errors partly cancel out" in page_one_of(paper)
    [chosen] = [x for x in paper.one.options if x.is_chosen]
    [goes_on] = [x for x in paper.one.options if x.name.startswith("Do nothing")]
    assert paper.money
    people = funding(paper.money.people, paper.money.practices)
    assert people
    low, high, least, most = (
        int(x.replace(",", ""))
        for option in (chosen, goes_on)
        for x in re.findall(r"[\d,]+", option.cost)[-2:]
    )
    assert people.low + least <= low < high <= people.high + most
    # The result says so where the owner chooses, as the terms on page 1 say.
    assert "the use case’s owner chooses whether “Prompt” serves" in paper.one.terms
    own, rented = (
        interim_choice(assessed(later | {"hosting": x}, **TODAY, ready_months="3"))
        for x in ("self_host", "cloud_ok")
    )
    where = "no price of your own servers is entered, so what “Prompt” costs there"
    assert re.search(
        rf"which saves \$[\d,]+ at a provider; {where} is not known\.$", own
    )
    assert re.search(r"which saves \$[\d,]+\.$", rented)
    # Where it may run at a provider, its price is what it costs.
    allowed = paper_of(cast, later | {"hosting": "cloud_ok"}, "building", **TODAY)
    assert re.fullmatch(
        r"“Prompt” goes ahead and costs \$[\d,]+ over 12 months\.", allowed.one.follows
    )


def test_numbers_page_says_so_beside_each_price() -> None:
    own, rented = (
        assessed(OWN | {"hosting": place}, **TODAY)
        for place in ("self_host", "cloud_ok")
    )

    said = "Own servers, priced as rented"

    assert numbers_page(own).count(said) == 2
    assert said not in numbers_page(rented)


def numbers_page(found: Assessment) -> str:
    assert found.costs is not None
    panel = SimpleNamespace(
        plan=found.costs.plan, as_rented=as_rented(found), audit=uuid4()
    )
    return render_to_string("wizard/numbers/costs.html", {"panel": panel})


def test_devices_share_nothing() -> None:
    on_device = KNOWLEDGE | {"hosting": "device"}
    shared = {"gpu_tokens_per_second": "2000", "sharing_models": "10"}

    assert money(on_device, **shared).basis.endswith(
        "Each device runs a model of its own, so nothing is shared there: enter 1 as "
        "the number of tuned models that share the machines."
    )
