"""The appendix: what it lists, how long it gets, and its money."""

import re
import subprocess
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.landscape.in_force import current as facts_in_force
from audits.models import Audit, UseCase
from audits.reports.context import Paper, build_paper
from audits.reports.pdf_client import manuscript_of, render_paper
from audits.reports.typesetting.pdf import Typesetter
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.costs.rounding import as_printed
from audits.scoring.exchange import document
from audits.scoring.inputs import Inputs
from audits.scoring.money.assumed import assumed_behind, assumed_numbers
from audits.templatetags.figures import difference
from tests.casting import Cast
from tests.examples import all_but, some_of, thorough
from tests.printed import Printed
from tests.reports.papers import pdf_of, words_of
from tests.scoring.worked_cases import (
    RETRIEVAL_CASE,
    TRAINING_CASE,
)
from tests.scoring.worked_numbers import ON_OWN_GPUS

pytestmark = pytest.mark.once

DAY = date(2026, 11, 24)
FULL: dict[str, Any] = {
    question.id: [question.options[-1].id]
    if question.kind == "several"
    else question.options[-1].id
    for question in current().questions
    if question.options
}
STOPPED = FULL | {"state": "in_cycle", "goal": ["knowledge"]}
UNKNOWN = dict.fromkeys(FULL, "unknown")


def paper(
    cast: Cast, answers: dict[str, Any], numbers: dict[str, str] | None = None
) -> Paper:
    given = ON_OWN_GPUS if numbers is None else numbers
    tenant = cast.ours
    with scope(organization=tenant.organization):
        audit = Audit.objects.get(pk=tenant.submitted.pk)
        audit.assessment = document.dump(of_day(answers, given))
        return build_paper(audit)


def of_day(answers: dict[str, Any], numbers: dict[str, str]) -> Assessment:
    key = repr((sorted(answers.items()), sorted(numbers.items()), id(facts_in_force())))
    if key not in _of_day:
        codes = {q: tuple(x) if isinstance(x, list) else x for q, x in answers.items()}
        given = Inputs(codes=codes, levels={"goal": "measured"}, numbers=numbers)
        _of_day[key] = assess_on(current(), given, DAY)
    return _of_day[key]


# Many tests ask for the same, which nothing changes in place.
_of_day: dict[str, Assessment] = {}


def printed(paper: Paper) -> Printed:
    return Printed(pdf_of(paper))


def pages(paper: Paper) -> tuple[str, ...]:
    return printed(paper).words


@pytest.mark.thorough
@pytest.mark.parametrize(
    "answers",
    # Other tests print this one, too.
    all_but(
        [{}, RETRIEVAL_CASE, TRAINING_CASE, FULL, STOPPED, UNKNOWN], [RETRIEVAL_CASE]
    ),
    ids=["nothing", "retrieval", "training", "full", "stop", "unknown"],
)
def test_summary_is_one_page_and_the_appendix_five_at_most(
    cast: Cast, answers: dict[str, Any]
) -> None:
    found = pages(paper(cast, answers))

    assert found[1].startswith("A1 How the verdict was reached ")
    assert len(found) <= 6
    for number in range(1, 12):
        assert any(f"A{number} " in page for page in found[1:]), number


@pytest.mark.thorough
def test_paper_with_charts_is_set_as_if_the_whole_had_been_tried(cast: Cast) -> None:
    made = manuscript_of(paper(cast, RETRIEVAL_CASE))

    tried = Typesetter().pdf_of(replace(made, has_charts=False), max_pages=40)

    assert made.has_charts
    assert render_paper(paper(cast, RETRIEVAL_CASE)) == tried


@pytest.mark.thorough
def test_money_stands_on_page_one_and_in_the_appendix(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        use_cases = UseCase.objects.filter(audits=cast.ours.submitted)
        use_cases.update(stage="live")
    first, appendix = words_of(paper(cast, RETRIEVAL_CASE))

    # Who copies a table gets each head once; the options have their unit beside them.
    before, _, options = first.partition(" Options ")
    assert "US$ over 12 months Range of the total" in before
    assert "One-off + Running = Total Low High" in first
    assert before.count("US$ over 12 months") == 1
    assert options.startswith("US$ over 12 months Option ")
    assert options.count("US$ over 12 months") == 1
    # 12 × 11,323 and 28,906; 12 × 3,132 and 8,300.
    plan = "Current plan: Tuned open model, on rented GPUs 28,906 135,876 164,782"
    assert f"{plan} 114,132 387,037" in first
    advised = "Recommended: Retrieval, at a provider 8,300 37,584 45,884 31,949 82,278"
    assert advised in first
    assert "At risk if the plan goes on: $164,782." in appendix
    days = "12 months"
    assert f"It asks for up to $45,884 over {days} to build or improve" in first
    less = "This is $118,898 less than the $164,782 for the current plan."
    assert less in first
    assert "Of the $45,884 to approve, $8,300 is paid now. At no point" in appendix
    assert "Also compared (appendix): Smaller model" in first
    no_price = "Smaller model: No smaller model is known to pass the test."
    assert no_price in appendix
    assert "“Tuned open model” is cheaper than “Retrieval” only above" in appendix
    assert "“Retrieval” costs 72% less than the current plan" in appendix
    assert "Each amount is a twelfth of 12 months, one-off and interim" in appendix
    assert "Entered Model calls a month: 100,000" in appendix
    assert "Months until a new trained model is in use: 0, not the usual 3" in appendix
    assert "Assumed " in appendix
    counts = r" more, on the result page; \d+ in all: \d+ for the plan, "
    assert re.search(counts, appendix)


@pytest.mark.thorough
def test_measurement_without_a_level_counts_as_asserted_everywhere(cast: Cast) -> None:
    found = paper(cast, TRAINING_CASE)
    measured = {q.label for q in current().questions if q.is_measurement}

    levels = {row.label: row.level for row in found.answers}

    assert {levels[label] for label in measured & levels.keys()} == {"asserted"}
    assert levels.keys() - measured


AGES = [
    (
        "2026-11-20",
        "Prices checked on 20 November 2026",
        "Prices 4 days old: checked on 20 November 2026.",
    ),
    (
        "2026-10-01",
        "Prices 54 days old: check them again",
        "Prices 54 days old, checked on 1 October 2026: check them again before "
        "you decide.",
    ),
    (
        "2026-06-01",
        "Prices 176 days old: too old to decide on",
        "Prices 176 days old, checked on 1 June 2026: too old to decide on. Update "
        "the market facts first.",
    ),
]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("checked", "short", "words"),
    some_of(AGES, 1),
)
def test_paper_says_how_old_the_prices_were_on_its_own_day(
    cast: Cast, checked: str, short: str, words: str
) -> None:
    found = paper(cast, RETRIEVAL_CASE)
    assert found.assessment.costs is not None
    plan = replace(found.assessment.costs.plan, checked=date.fromisoformat(checked))
    costs = replace(found.assessment.costs, plan=plan)
    assessment = replace(found.assessment, costs=costs)

    first, appendix = words_of(replace(found, assessment=assessment))

    assert short in first
    assert f"line = low to high. {short}" in appendix
    assert words in appendix


@pytest.mark.thorough
def test_sensitivity_says_in_each_row_what_the_difference_would_be(cast: Cast) -> None:
    found = paper(cast, RETRIEVAL_CASE)
    assert found.assessment.costs
    swings = found.assessment.costs.swings[:4]
    saving = found.money.saving_year if found.money else None
    assert saving

    appendix = " ".join(pages(found)[1:])

    # Both as they are printed on page 1.
    saved = f"${saving:,} less over 12 months than “Tuned open model”"
    assert f"is expected to cost {saved}" in appendix
    for swing in swings:
        low, high = (
            difference(saving + as_printed(at)) for at in (swing.at_low, swing.at_high)
        )
        assert f"{low} to {high}" in appendix


@pytest.mark.thorough
def test_paper_counts_what_is_assumed_as_the_result_lists_it(cast: Cast) -> None:
    made = paper(cast, RETRIEVAL_CASE, ON_OWN_GPUS | {"tuned": "gpt-4o-mini"})
    assert made.assessment.costs
    listed = assumed_behind(made.assessment, made.money)

    *said, in_all = made.assumed.split("; ")

    more = int(said[-1].split()[1])
    assert len(said) - 1 + more == len(listed)
    # A pack and the CSV have those of the plan, which cannot be more.
    behind = assumed_numbers(made.assessment, "fine_tune_own")
    assert in_all.startswith(f"{len(listed)} in all: {behind} for the plan, ")
    assert 0 < behind <= len(listed)


@pytest.mark.thorough
def test_paper_without_assumptions_counts_none(cast: Cast) -> None:
    made = paper(cast, RETRIEVAL_CASE, {"requests": "5000000"})

    assert "0 more" not in made.assumed


@pytest.mark.parametrize(("prefix", "is_counted"), [("800", False), ("1500", True)])
def test_share_of_cached_text_says_where_it_is_not_counted(
    cast: Cast, prefix: str, *, is_counted: bool
) -> None:
    entered = {"model": "gpt-4o-mini", "prefix_tokens": prefix, "cache_hit": "0.68"}

    said = paper(cast, RETRIEVAL_CASE, ON_OWN_GPUS | entered).given

    assert "Share of repeated text billed at the lower cache price: 68%" in said
    why = "68% (not counted: GPT-4o mini caches only a text of 1,024 tokens or more"
    assert (why in said) != is_counted


@pytest.mark.thorough
def test_given_amounts_have_their_unit_and_models_their_name(cast: Cast) -> None:
    given = ON_OWN_GPUS | {"value_per_request": "0.60", "knowledge_tokens": "1200000"}

    said = paper(cast, RETRIEVAL_CASE, given | {"smaller": "gpt-4o-mini"}).given

    assert "What one call earns or saves: $0.60 a call" in said
    assert "Text repeated in every call: 6,000 tokens" in said
    assert "All documents that answers come from: 1,200,000 tokens" in said
    assert "Smaller model to compare: GPT-4o mini" in said


@pytest.mark.thorough
def test_attunes_number_is_beside_each_own_one(cast: Cast) -> None:
    own = {"currency": "EUR", "engineer_day": "450", "training_days": "10"}
    own |= {"retune_days": "4", "mlops_share_trained": "0.1", "label_cost": "0.5"}
    own |= {"gpu_hour": "2.7", "eval_cases": "120", "upkeep_share_prompt": "0.03"}

    first, said = words_of(paper(cast, TRAINING_CASE, ON_OWN_GPUS | own))

    assert " numbers outside Attune’s range; with Attune’s, $" in first
    assert "Cost of one engineer for a day: €450 a day, not the usual €716" in said
    assert "Days to train a model: 10, not the usual 20 (10 to 60)" in said
    assert "With Attune’s, 12 months of “" in said


@pytest.mark.thorough
def test_without_numbers_money_is_not_stated(cast: Cast) -> None:
    first, appendix = words_of(paper(cast, RETRIEVAL_CASE, {}))

    assert "Not stated: no numbers were given." in first
    assert appendix.count("Not calculated: no numbers were given.") == 2


@pytest.mark.thorough
def test_large_amounts_are_in_thousands(cast: Cast) -> None:
    first, _ = words_of(
        paper(cast, RETRIEVAL_CASE, ON_OWN_GPUS | {"requests": "1000000000"})
    )

    assert "US$ thousand over 12 months" in first


@pytest.mark.thorough
def test_charts_are_told_to_who_cannot_see_them(cast: Cast) -> None:
    reader = printed(paper(cast, RETRIEVAL_CASE))

    said = [alt for alt in alternatives(reader) if alt]
    assert len(said) == 4
    ladder, by_calls, over_12, by_month = said
    assert ladder.startswith("Remedies, the cheapest first. Rules: not tested. ")
    assert "Search in documents (retrieval): not tested. " in ladder
    assert ladder.endswith("Next: Find the right pages and put them in the prompt.")
    assert by_calls.startswith("Cost a month, by calls a month: Retrieval costs ")
    assert over_12.startswith("Cost over 12 months: Tuned open model $164,782, from ")
    assert "Retrieval $45,884, from $31,949 to $82,278;" in over_12
    assert by_month.startswith(
        "Cost of each month, Retrieval: from 24 Nov $11,432, $8,300 of it once, Current"
    )


def alternatives(reader: Printed) -> list[str]:
    root: Any = reader.root_object
    found: list[str] = []

    def walk(element: Any) -> None:
        element = element.get_object()
        if not isinstance(element, dict):
            return
        if element.get("/S") == "/Figure":
            found.append(str(element.get("/Alt", "")))
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            if not isinstance(kid, int):
                walk(kid)

    walk(root["/StructTreeRoot"])
    return found


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("requests", "widest"), [("9000000", "1,234,567"), thorough(("60000000", "12,345"))]
)
def test_large_amounts_of_the_techniques_keep_their_distance(
    cast: Cast, tmp_path: Path, requests: str, widest: str
) -> None:
    found = paper(cast, RETRIEVAL_CASE, ON_OWN_GPUS | {"requests": requests})
    file = tmp_path / "paper.pdf"
    file.write_bytes(render_paper(found))

    rows = [row for row in rows_of_amounts(file) if len(row) == 5]

    assert found.assessment.costs
    assert max(len(amount.words) for row in rows for amount in row) == len(widest)
    assert len(rows) == len(found.assessment.costs.plan.techniques) - 2
    gaps = [b.start - a.end for row in rows for a, b in pairwise(row)]
    assert min(gaps) >= 4  # points, more than a digit


class Word(NamedTuple):
    """A printed word, and where it begins and ends on its line, in points."""

    words: str
    start: float
    end: float


def rows_of_amounts(file: Path) -> list[list[Word]]:
    """Return the amounts of each line of A4, in order."""
    said = subprocess.run(
        ["pdftotext", "-bbox", str(file), "-"],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    page = next(p for p in said.split("<page") if ">A4<" in p)
    box = r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>([^<]*)<'
    lines: dict[str, list[Word]] = {}
    for start, top, end, words in re.findall(box, page.partition(">A4<")[2]):
        if re.fullmatch(r"[\d,]+", words):
            lines.setdefault(top, []).append(Word(words, float(start), float(end)))
    return [sorted(line, key=lambda word: word.start) for line in lines.values()]
