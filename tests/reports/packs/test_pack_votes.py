"""What a pack says of votes: what one can save, what waits for one, what needs none."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.html import strip_tags

from audits.frameworks.answering.glossary import own_words
from audits.frameworks.loading.loader import current
from audits.reports.packs.compared.pack_counts import Count
from audits.reports.packs.pack_money import totals
from audits.reports.packs.pack_paper import PackPaper
from audits.reports.packs.pack_risks import at_risk, avoidable, risk_of
from audits.reports.packs.pack_since import packed_since
from audits.reports.packs.risks_in_all import RisksInAll
from audits.reports.packs.said.outcome_words import outcome
from audits.reports.packs.said.pack_terms import terms_of_packs
from audits.reports.packs.said.risk_words import first_risk
from audits.scoring.money.words import Money
from audits.scoring.sums.money_sums import Decided
from audits.scoring.tracking.since_papers import UseCaseMonths, since_papers
from tests.pages import html_in
from tests.portfolio.drawn_portfolios import Drawn
from tests.portfolio.printed_packs import pack_of
from tests.reports.packs.decided_plans import decided, money
from tests.scoring.tracking.test_outcomes import month

ONE = Decimal(1)
HELD = date(2027, 1, 24)  # two months after the day of the verdicts
PLAN = Drawn("retrieve", "prompt", "40", True, "live")


def test_vote_saves_12_months_of_a_plan_that_runs_less_what_replaces_it() -> None:
    found = totals([decided("stop", money(1000, 100))], HELD)
    runs = risk_of([("Mail", Decimal(12_000))])

    assert avoidable(runs, found.released, HELD) == (
        f"Over 12 months from 24 January 2027, the vote on {found.released[0].name} "
        "saves $10,800 if it begins then: what ends costs $12,000 then, and what "
        "replaces it $1,200."
    )
    two = [replace(found.released[0], name=x) for x in ("Mail", "Letters")]
    both = risk_of([("Mail", Decimal(12_000)), ("Letters", Decimal(12_000))])
    assert ", 2 votes save $21,600 if they begin then: " in avoidable(both, two, HELD)
    # Not where more runs than a vote ends, where nothing is saved, or without a day.
    more = risk_of([("Mail", Decimal(12_000)), ("Letters", Decimal(1))])
    apart = replace(more, apart=Decimal(1)) if more else None
    assert avoidable(apart, found.released, HELD) == avoidable(
        runs, found.released, HELD
    )
    dearer = totals([decided("stop", money(1000, 2000))], HELD)
    assert avoidable(more, found.released, HELD) == ""
    assert avoidable(runs, dearer.released, HELD) == ""
    assert avoidable(runs, found.released, None) == ""
    assert avoidable(None, (), HELD) == ""


def test_money_at_risk_is_one_sum_and_its_rows_add_up_to_it() -> None:
    claims = (("Claims", Decimal(19_022)),)
    fraud = ("Fraud", Decimal(19_003))
    training = risk_of([("Quote", Decimal(19_022)), fraud], ["", "Not signed off"])
    assert training
    later = replace(training, decided=claims, apart=Decimal(19_003), may_be_paid=True)
    runs = risk_of([("Mail", Decimal(20_207))], ["To vote on"])
    pack = replace(pack_of([PLAN]), goes_on=runs, in_training=later)
    found = pack.risks

    assert found
    assert found.is_most
    assert found.total == Decimal(20_207 + 19_022 + 19_003 + 19_022)
    assert found.said == (
        "is for work that a verdict stops, moves, replaces or suspends: $20,207 over "
        "12 months for what runs, and up to $57,047 once for training. $19,003 of it "
        "is not for this meeting. $19,022 of it is "
        "decided and not carried out."
    )
    assert [(x.name, int(x.runs), int(x.training), x.stands) for x in found.rows] == [
        ("Mail", 20_207, 0, "To vote on"),
        ("Quote", 0, 19_022, ""),
        ("Claims", 0, 19_022, "Decided, not carried out"),
        ("Fraud", 0, 19_003, "Not signed off"),
        ("In all", 20_207, 57_047, ""),
    ]
    page = strip_tags(render_to_string("reports/packs/risks.html", {"pack": pack}))
    assert "Up to $77,254 is for work" in " ".join(page.split())
    many = risk_of([(f"Case {n}", Decimal(n)) for n in range(1, 13)])
    rows = RisksInAll(runs=many, training=None).rows
    assert [(x.name, int(x.runs)) for x in rows[-2:]] == [
        ("4 more", 10),
        ("In all", 78),
    ]
    assert at_risk((), "training") is None
    assert replace(pack, goes_on=None, in_training=None).risks is None


def test_net_of_what_only_holds_its_plan_says_that_it_does_not_end() -> None:
    measured = decided("gather", money(900, 100), hours=8, day=800)
    (one,) = pack_of([PLAN]).asked
    fields = {"money": measured.money, "measuring": measured.measuring}
    holds = replace(one, family="gather", lacks="2 answers", **fields)  # type: ignore[arg-type]

    def said(pack: PackPaper) -> str:
        page = render_to_string("reports/packs/pack.html", {"pack": pack})
        return " ".join(strip_tags(page).split())

    waits = "Net: its plan waits, and does not end."

    assert waits in said(replace(pack_of([PLAN]), asked=(holds,)))
    ends = replace(one, lacks="2 answers")
    assert waits not in said(replace(pack_of([PLAN]), asked=(ends,)))


def test_title_says_what_votes_save_apart_from_what_others_add() -> None:
    saves = [decided("stop", money(month, 100)) for month in (1000, 600)]
    new, kept = decided("rebuild", money(None, 40)), decided("keep", money(7, 7))
    kept = replace(kept, money=same_of(kept))

    def said(*decisions: Decided) -> str:
        return " ".join(outcome(totals(decisions).rows).split())

    assert said(*saves) == "Two decisions save $16,800 over 12 months"
    assert said(saves[0], new, kept) == (
        "One decision saves $10,800; one asks for $480 more; one changes no cost over "
        "12 months"
    )
    # What is people's time alone is named so, and no other sum.
    time = ["", "The $480 is people’s time: cash only if they are hired.", ""]
    rows = totals((saves[0], new, kept)).rows
    assert "; one asks for $480 of people’s time; " in outcome(rows, (), time)
    # Nothing saved, or not all of it known.
    assert said(new) == said(decided("stop", money(100, 150))) == ""
    assert said(*saves, decided("move", None)) == ""


def same_of(found: Decided) -> Money | None:
    """Return money whose recommended plan is the current one."""
    if found.money is None:
        return None
    [row, *_] = found.money.rows
    return replace(found.money, rows=(replace(row, roles=("today", "recommended")),))


def test_each_vote_has_its_first_risk_below_it_and_what_is_told_has_none() -> None:
    pack = pack_of([PLAN] * 2)
    one, other = (replace(x, risk=f"{x.name} may err.") for x in pack.asked)

    def said(*asked: object) -> str:
        made = replace(pack, asked=asked)  # type: ignore[arg-type]
        return html_in(render_to_string("reports/packs/pack.html", {"pack": made}))

    vote = replace(one, signed="Signed off")
    assert said(one, other).count("Main risk:") == 2
    # Below a vote alone, where another waits; and where there is room for it.
    assert f"<bdi>{one.name} may err.</bdi>" in said(vote, other)
    assert f"<bdi>{other.name} may err.</bdi>" not in said(vote, other)
    assert "Main risk:" not in said(*(one,) * 7)
    long = "A mail could wait at the wrong desk, about six in a hundred, for a week or "
    assert first_risk([f"{long}{long}longer. It is read."]).endswith("at the …")


def test_decision_says_below_its_row_which_number_turns_its_saving() -> None:
    pack, turns = pack_of([PLAN] * 2), "If it is below 80%, the advice costs more."
    one, other = pack.asked
    made = replace(pack, asked=(replace(one, turns=turns), other))

    page = html_in(
        render_to_string(
            "reports/packs/decisions.html", {"pack": made, "total": made.voted}
        )
    )

    assert page.count(turns) == 1
    assert page.index(one.name) < page.index(turns) < page.index(other.name)


def test_training_to_approve_now_is_counted_apart_from_verdicts_that_name_it() -> None:
    pack, numbers = pack_of([PLAN] * 2), {"distil": 3, "tune": 1, "stop": 4}
    counts = tuple(
        Count(kind=kind, family=family, now=numbers[kind], before=None)
        for kind, family in current().families.items()
        if kind in numbers
    )
    one, other = pack.asked
    trains = replace(one, family="distil", signed="Signed off")

    def said(*asked: object) -> str:
        return replace(pack, counts=counts, asked=asked).message  # type: ignore[arg-type]

    names = "4 of 8 verdicts name training; the board can approve"
    assert said(one, other) == f"{names} none of it now"
    assert said(trains, other) == f"{names} 1 of them now"
    # Nobody can vote on what nobody signed, and other verdicts train nothing.
    assert said(replace(trains, signed=""), other) == f"{names} none of it now"
    assert said(replace(trains, family="stop"), other) == f"{names} none of it now"
    assert replace(pack, counts=counts[:1]).message == "No verdict names training"


def test_usage_far_above_the_paper_of_a_use_case_without_a_decision_is_named() -> None:
    def use_case(name: str, now: int) -> UseCaseMonths:
        return UseCaseMonths(
            name=name,
            months=(month("inside", "0"),),
            files={"a": "usage.csv"},
            now=Decimal(now),
        )

    paid = since_papers([use_case("One", 1)])[0].total.cost
    assert paid is not None
    far, near, above = (int(paid) // 3, int(paid), int(paid) * 3)
    found = packed_since(
        since_papers(
            [use_case("Policy", far), use_case("Mail", near), use_case("Notes", above)]
        )
    )

    counts = f"and today’s paper counts ${far:,}."
    line = f"Policy: usage comes to ${paid:,.0f} a month, {counts}"
    assert found.far_off(("Policy", "Mail", "Notes")) == line
    assert found.far_off(("Mail", "Notes")) == ""
    pack = replace(pack_of([PLAN]), since=found)
    told = replace(pack, others=("Policy",))
    assert (pack.far_off, told.far_off) == ("", line)
    assert f"<b>{line}</b>" in html_in(
        render_to_string("reports/packs/others.html", {"pack": told})
    )


def test_usage_that_was_invented_is_not_on_the_first_page() -> None:
    made_up = replace(month("inside", "0"), is_synthetic=True)
    files = {"a": "usage.csv"}
    use_case = UseCaseMonths(name="Policy", months=(made_up,), files=files, now=ONE)
    pack = replace(
        pack_of([PLAN]),
        since=packed_since(since_papers([use_case])),
        others=("Policy",),
    )

    page = html_in(render_to_string("reports/packs/others.html", {"pack": pack}))

    assert pack.far_off == ""
    assert "usage" not in page
    assert "One needs no decision: Policy." in page


def test_numbers_that_nobody_entered_are_counted_as_on_their_pages() -> None:
    pack = pack_of([PLAN] * 8)
    asked = tuple(replace(x, assumed=n * 3) for n, x in enumerate(pack.asked))
    made = replace(pack, asked=asked)
    told = " ".join(
        strip_tags(render_to_string("reports/packs/sums.html", sums_of(made))).split()
    )

    named = ", ".join(f"{n * 3} for {asked[n].name}" for n in range(1, 7))
    assert f"for that: {named} and those of 1 more (“Not known” of each" in told
    assert "assumed" not in render_to_string(
        "reports/packs/sums.html", sums_of(pack_of([PLAN]))
    )


def sums_of(pack: PackPaper) -> dict[str, object]:
    return {"pack": pack, "total": pack.voted}


def test_pack_ends_with_twenty_words_that_are_the_framework_s_own() -> None:
    framework = current()
    words = terms_of_packs(framework)
    page = render_to_string(
        "reports/packs/pack.html",
        {"pack": replace(pack_of([PLAN]), glossary=words)},
    )

    assert [word.term for word in words] == [
        *("Prompt", "Few-shot", "Retrieval", "Distil", "Fine-tune", "Tuned model"),
        *("Hosted", "Open model", "Base model", "GPU", "Cache", "Token", "Small part"),
        *("Test set", "Pass mark", "Range", "Measured", "Synthetic", "Sign off"),
        "Provisional",
    ]
    assert {*words} >= {x for x in framework.glossary if x.term == "Retrieval"}
    own = {word.term: word.means for word in own_words()}
    known = f"documented: {own['Documented']}; asserted: {own['Asserted']}"
    assert words[16].means == f"{own['Measured']}; {known}"
    last = html_in(page).rpartition("<section")[2]
    assert [f"<b>{word.term}</b> {word.means}" in last for word in words] == [True] * 20
    # A word has one meaning: no file repeats one of another.
    assert own.keys().isdisjoint(word.term for word in framework.glossary)
