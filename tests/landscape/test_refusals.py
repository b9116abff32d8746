from pathlib import Path

from tests.landscape.refusing import Row, check_all_refused, line_of, refusal

MINIMUM = "      minimum: {value: 1024, unit: tokens, "

ROWS: dict[str, Row] = {
    "figure without unit": (
        "assumptions.yaml",
        "    unit: USD per year\n",
        "",
        "- id: fte_cost",
        "assumptions.assumptions[fte_cost].unit",
        "is missing",
    ),
    "figure with an unknown unit": (
        "models/openai.yaml",
        MINIMUM,
        MINIMUM.replace("tokens", "token"),
        "unit: token,",
        "models/openai.models[gpt-6-astra].prompt_cache.minimum.unit",
        'unknown value "token" (did you mean "tokens"?)',
    ),
    "figure without a day": (
        "timelines.yaml",
        'as_of: "2022", confidence: confirmed',
        "confidence: confirmed",
        "davinci (GPT-3)",
        "timelines.windows[1].as_of",
        "is missing",
    ),
    "figure without confidence": (
        "hosting.yaml",
        "confidence: secondary, ",
        "",
        "gpu_hour:",
        "hosting.gpu_hour.confidence",
        "is missing",
    ),
    "confidence that is none": (
        "hosting.yaml",
        "confidence: secondary, ",
        "confidence: sure, ",
        "gpu_hour:",
        "hosting.gpu_hour.confidence",
        'unknown value "sure" (one of confirmed, single, secondary)',
    ),
    "figure without sources": (
        "hosting.yaml",
        "sources: [gpu_datareceipts, gpu_silybench, runpod_apiev, lambda_apiev]",
        "sources: []",
        "gpu_hour:",
        "hosting.gpu_hour.sources",
        "must name at least one source",
    ),
    "dangling source": (
        "changes.yaml",
        "[goog_tuning]",
        "[goog_tunning]",
        "goog_tunning",
        "changes.changes[gemini-api-tuning].sources",
        'no source "goog_tunning" in sources.yaml (did you mean "goog_tuning"?)',
    ),
    "quoted number": (
        "models/openai.yaml",
        "value: 1024",
        'value: "1024"',
        'value: "1024"',
        "models/openai.models[gpt-6-astra].prompt_cache.minimum.value",
        "must be a number such as 1050000 or 0.125",
    ),
    "number in another notation": (
        "models/openai.yaml",
        "value: 1024",
        "value: 1.024e+3",
        "value: 1.024e+3",
        "models/openai.models[gpt-6-astra].prompt_cache.minimum.value",
        "must be a number such as 1050000 or 0.125",
    ),
    "day that is none": (
        "changes.yaml",
        'day: "2026-12-11"',
        'day: "2026-11-31"',
        "2026-11-31",
        "changes.changes[gpt-5-end].day",
        '"2026-11-31" is not a day; write "2026-11-24", "2026-11" or "2026"',
    ),
    "day without quotes": (
        "changes.yaml",
        'day: "2026-12-11"',
        "day: 2026-12-11",
        "day: 2026-12-11",
        "changes.changes[gpt-5-end].day",
        'must be text; write "2026-12-11" in quotes',
    ),
    "unknown key": (
        "offers.yaml",
        "    restricted: ",
        "    restrictd: ",
        "restrictd",
        "offers.offers[openai-self-serve].restrictd",
        'unknown key (did you mean "restricted"?)',
    ),
}


def test_bad_facts_are_refused_by_file_line_and_key(folder: Path) -> None:
    check_all_refused(folder, ROWS.values())


def test_refusal_names_the_file_in_its_folder(folder: Path) -> None:
    refused = refusal(folder, "models/openai.yaml", ("kind: mid", "kind: middle"))

    line = line_of(folder, "models/openai.yaml", "kind: middle")
    assert str(refused) == (
        f"models/openai.yaml:{line}: models/openai.models[gpt-6.2-sol].kind: "
        'unknown value "middle" (did you mean "mid"?)'
    )


def test_all_problems_of_a_file_come_at_once(folder: Path) -> None:
    refused = refusal(
        folder,
        "assumptions.yaml",
        ("unit: USD per year", "unit: dollars"),
        ("sources: [ours]", "sources: [oures]"),
        ("low: 500", "low: five"),
    )

    assert [problem.key.split(".")[-1] for problem in refused.problems] == [
        "unit",
        "sources",
        "low",
    ]
