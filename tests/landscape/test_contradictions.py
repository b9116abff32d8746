from pathlib import Path

from tests.landscape.refusing import Row, check_all_refused, refusal

ROWS: dict[str, Row] = {
    "address that is no page": (
        "sources.yaml",
        'href: "https://github.com/openai/simple-evals"',
        'href: "javascript:alert(1)"',
        "javascript",
        "sources[simple_evals].href",
        "must begin with https://",
    ),
    "id given twice": (
        "models/anthropic.yaml",
        "id: claude-opus-5-5",
        "id: claude-fable-5-2",
        "id: claude-fable-5-2\n    name: Claude Opus 5.5",
        "models[claude-fable-5-2].id",
        "given already in models/anthropic.yaml",
    ),
    "offer that is none": (
        "models/google.yaml",
        "offers: [google-vertex]",
        "offers: [google-vertx]",
        "google-vertx",
        "models[gemini-3.5-flash].tuning",
        'no offer "google-vertx" (did you mean "google-vertex"?)',
    ),
    "tuning by no offer": (
        "models/google.yaml",
        "offers: [google-vertex], ",
        "",
        "id: gemini-3.5-flash\n",
        "models[gemini-3.5-flash].tuning.offers",
        'names offers if, and only if, tuning is offered: "yes"',
    ),
    "model without a price": (
        "models/openai.yaml",
        '    price_periods:\n      - {start: "2026-11-17", input: 8, cache_read: 0.4, '
        "output: 40, unit: USD per million tokens, "
        'as_of: "2026-11-18", confidence: secondary, sources: [gpt62_third]}\n',
        "",
        "id: gpt-6.2-astra",
        "models[gpt-6.2-astra]",
        "needs `price` or `price_periods`",
    ),
    "tier below the one above it": (
        "models/openai.yaml",
        "tiers:\n          - {above: 272000,",
        "tiers:\n          - {above: 272000, input: 3, output: 12}\n"
        "          - {above: 272000,",
        "sources: [oai_gpt62_sol, gpt62_third]",
        "models[gpt-6.2-sol].price_periods",
        "each tier begins above the one before it",
    ),
    "batches that cost more than single requests": (
        "models/openai.yaml",
        "batch: 0.5",
        "batch: 1.5",
        "sources: [oai_gpt62_sol, gpt62_third]",
        "models[gpt-6.2-sol].price_periods",
        "a batch costs a share of the price between 0 and 1",
    ),
    "record that is none": (
        "timelines.yaml",
        "value: 4097",
        "value: 2049",
        "text-davinci-002,",
        "timelines.windows",
        "is not a record: it is no larger than the one above",
    ),
    "windows that begin too late": (
        "timelines.yaml",
        'day: "2022-01"',
        'day: "2022-02"',
        "#",
        "timelines.windows",
        "must begin by 2022-01-01",
    ),
    "points out of order": (
        "timelines.yaml",
        'day: "2024-10-01"',
        'day: "2024-07"',
        "model: gpt-4o, name: GPT-4o, value",
        "timelines.caching",
        "is before the point above it",
    ),
    "model both released and first seen": (
        "models/openai.yaml",
        "    released: ",
        '    first_seen: {day: "2026", as_of: "2026", confidence: single, '
        "sources: [ours]}\n    released: ",
        "id: gpt-6.2-astra",
        "models[gpt-6.2-astra]",
        "needs either `released` or `first_seen`",
    ),
    "model retired before it is out": (
        "models/openai.yaml",
        'retires: {day: "2026-12-11"',
        'retires: {day: "2024-12-11"',
        "id: gpt-5\n",
        "models[gpt-5].retires.day",
        "is before it is released",
    ),
    "period that ends before it begins": (
        "models/openai.yaml",
        'end: "2024-08-06"',
        'end: "2024-05-06"',
        'end: "2024-05-06"',
        "models[gpt-4o].price_periods",
        "a period ends before it begins",
    ),
    "offer that ends before it opens": (
        "offers.yaml",
        'ends: {day: "2027-01-06"',
        'ends: {day: "2017-01-06"',
        "id: openai-self-serve",
        "offers[openai-self-serve].ends.day",
        "is before it opens",
    ),
    "span out of order": (
        "offers.yaml",
        "up_to: 1.35",
        "up_to: 0.35",
        "up_to: 0.35",
        "offers[together].up_to",
        "is less than the value",
    ),
    "tuned model that is none": (
        "offers.yaml",
        "model: gpt-4o-mini",
        "model: gpt-4o-min",
        "model: gpt-4o-min,",
        "offers[openai-self-serve].inference",
        'no model "gpt-4o-min" (did you mean "gpt-4o-mini"?)',
    ),
    "tuned price without what its machines cost": (
        "offers.yaml",
        "{what: tuned model, value: 0, unit: USD per hour,",
        "{what: tuned model, value: 0, unit: USD per month,",
        "id: openai-self-serve",
        "offers[openai-self-serve].hosting",
        "must say what a tuned model costs in USD per hour; 0 if only tokens cost",
    ),
    "tuned price that ends before it begins": (
        "offers.yaml",
        'start: "2024-07-18", end: "2027-01-14"',
        'start: "2024-07-18", end: "2024-07-18"',
        'end: "2024-07-18"',
        "offers[openai-self-serve].inference",
        "a period ends before it begins",
    ),
    "changes out of order": (
        "changes.yaml",
        'day: "2026-12-11"',
        'day: "2026-10-11"',
        "id: gpt-5-end",
        "changes[gpt-5-end].day",
        'is before "gemini-2.5-end" above it',
    ),
    "range out of order": (
        "assumptions.yaml",
        "expected: 180000",
        "expected: 18000",
        "sources: [ours]",
        "assumptions[fte_cost]",
        "low, expected and high must be in this order",
    ),
    "assumption that the code needs": (
        "assumptions.yaml",
        "id: tokens_per_o200k",
        "id: tokens_per_o199k",
        "#",
        "assumptions[tokens_per_o200k]",
        "is missing",
    ),
    "currency that is no code": (
        "exchange_rates.yaml",
        "currency: EUR, name: Euro, issuer: European Central Bank, value: 1.1172",
        "currency: Euro, name: Euro, issuer: European Central Bank, value: 1.1172",
        "value: 1.1172, unit",
        "exchange_rates[Euro].currency",
        'must be a code of three capitals, such as "EUR"',
    ),
    "rate of nothing": (
        "exchange_rates.yaml",
        "value: 1.1172",
        "value: 0",
        "value: 0, unit",
        "exchange_rates[EUR].value",
        "must be above 0",
    ),
    "rates out of order": (
        "exchange_rates.yaml",
        'value: 1.1172, unit: USD per unit, as_of: "2026-10-30"',
        'value: 1.1172, unit: USD per unit, as_of: "2026-09-30"',
        "value: 1.1172, unit",
        "exchange_rates[EUR].as_of",
        "is not after the day above it",
    ),
}


def test_facts_that_contradict_each_other_are_refused(folder: Path) -> None:
    check_all_refused(folder, ROWS.values(), part_by_part=True)


def test_periods_that_overlap_are_refused(folder: Path) -> None:
    file = "models/openai.yaml"
    found = (folder / file).read_text("utf-8")
    period = next(row for row in found.splitlines() if 'end: "2024-08-06"' in row)

    refused = refusal(folder, file, (period, f"{period}\n{period}"))

    assert [problem.message for problem in refused.problems] == [
        "begins before the period above it ends"
    ]
