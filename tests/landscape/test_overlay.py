import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.landscape.catalogue import Catalogue
from audits.landscape.loader import built_in
from audits.landscape.overlay import overlaid
from audits.landscape.schema import Landscape
from audits.strict_yaml.problems import Problem, RefusedFileError
from tests.landscape.made_files import DEARER, NEWER

TODAY = date(2026, 11, 29)


def over(text: str, today: date | None = TODAY) -> Landscape:
    return overlaid(text.encode(), "facts.yaml", built_in(), today=today)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_entries_of_the_file_take_the_place_of_those_below_and_the_rest_stays() -> None:
    below, whole = built_in(), over(DEARER)
    market = Catalogue(on=TODAY, landscape=whole)

    assert market.prices("claude-sonnet-5-5").rates.input == Decimal(30)
    before = replace(market, on=date(2026, 10, 31)).prices("claude-sonnet-5-5")
    assert before.rates.input != Decimal(30)
    assert whole.sources.keys() - below.sources.keys() == {"our_contract"}
    assert {
        name for name in whole.models if whole.models[name] != below.models[name]
    } == {"claude-sonnet-5-5"}
    for kind in ("offers", "changes", "timelines", "hosting", "assumptions"):
        assert getattr(whole, kind) == getattr(below, kind)


def test_entries_are_added_in_their_order_of_days() -> None:
    below, whole = built_in(), over(NEWER)

    assert whole.models.keys() - below.models.keys() == {"nova-9"}
    assert whole.timelines.windows[:-1] == below.timelines.windows
    assert Catalogue(on=TODAY, landscape=whole).largest_window == 20_000_000


def test_file_dates_its_landscape_and_its_content_names_it() -> None:
    whole = over(DEARER)

    assert (whole.as_of, whole.prices_checked) == (
        date(2026, 11, 28),
        date(2026, 11, 28),
    )
    other = over(DEARER.replace("input: 30,", "input: 31,"))
    assert len({built_in().sha256, whole.sha256, other.sha256}) == 3
    assert over(DEARER).sha256 == whole.sha256


PERIOD = "- {start:"
WINDOW = "- {day: "
ROWS: dict[str, tuple[str, str, str, str, str, str]] = {
    "unknown key": (
        DEARER,
        "    kind: mid",
        "    kind: mid\n    windw: 9",
        "    windw:",
        "models[claude-sonnet-5-5].windw",
        'unknown key (did you mean "kind"?)',
    ),
    "source that is nowhere": (
        DEARER,
        "sources: [our_contract]",
        "sources: [our_contrct]",
        PERIOD,
        "models[claude-sonnet-5-5].price_periods[1].sources",
        'no source "our_contrct" in the file or the landscape below it'
        ' (did you mean "our_contract"?)',
    ),
    "offer that is nowhere": (
        DEARER,
        'tuning: {offered: "no",',
        'tuning: {offered: "yes", offers: [openai-self-serv],',
        "tuning:",
        "models[claude-sonnet-5-5].tuning",
        'no offer "openai-self-serv" (did you mean "openai-self-serve"?)',
    ),
    "price that genai-prices lacks": (
        DEARER,
        "model_ref: claude-sonnet-5-5,",
        "model_ref: clod-sonnet-55,",
        "price: {",
        "models[claude-sonnet-5-5].price",
        "genai-prices has no model clod-sonnet-55 of anthropic; give `price_periods` "
        "in its place",
    ),
    "day to come": (
        DEARER,
        'as_of: "2026-11-28"\n\n',
        'as_of: "2026-11-30"\n\n',
        "as_of",
        "as_of",
        "2026-11-30 is after today, 2026-11-29; write the day you checked",
    ),
    "slip of the pen": (
        DEARER,
        'start: "2026-11-01"',
        'start: "2206-11-01"',
        PERIOD,
        "models[claude-sonnet-5-5].price_periods[1].start",
        '"2206-11-01" is not a day; write "2026-11-24", "2026-11" or "2026"',
    ),
    "source newer than the file": (
        NEWER,
        'as_of: "2026-11-28"\n\n',
        'as_of: "2026-11-24"\n\n',
        "- {id: letter",
        "sources[letter].day",
        "is after `as_of` of the file, 2026-11-24; bring that forward",
    ),
    "window that is no record": (
        NEWER,
        "value: 20000000,",
        "value: 20000,",
        WINDOW,
        "timelines.windows",
        "is no record: windows grow from each of these to the next",
    ),
    "planning figure that nothing reads": (
        DEARER + "\nassumptions:\n"
        "  - {id: fte_cost, name: X, low: 1, expected: 2, high: 3, unit: USD per year, "
        'as_of: "2026-11-28", confidence: single, sources: [ours]}\n',
        "id: fte_cost",
        "id: fte_costs",
        "- {id: fte_costs",
        "assumptions",
        'no assumption "fte_costs" (did you mean "fte_cost"?)',
    ),
    "planning figure in another unit": (
        DEARER + "\nassumptions:\n"
        "  - {id: fte_cost, name: X, low: 1, expected: 2, high: 3, unit: USD per year, "
        'as_of: "2026-11-28", confidence: single, sources: [ours]}\n',
        "unit: USD per year",
        "unit: USD per day",
        "- {id: fte_cost",
        "assumptions[fte_cost].unit",
        "must be USD per year",
    ),
    "hour of a GPU whose ends are swapped": (
        DEARER + "\nhosting:\n  gpu_hour: {low: 9, expected: 4, high: 12, "
        'unit: USD per GPU-hour, as_of: "2026-11-28", confidence: single, '
        "sources: [our_contract]}\n",
        "low: 9",
        "low: 10",
        "  gpu_hour",
        "hosting.gpu_hour",
        "low, expected and high must be in this order",
    ),
    "same model twice": (
        NEWER,
        "timelines:",
        NEWER[NEWER.index("  - id: nova-9") : NEWER.index("timelines:")]
        .replace("id: nova-9", "id: nova-9 ")
        .rstrip()
        + "\n\ntimelines:",
        "  - id: nova-9 ",
        "models[nova-9].id",
        "given already in facts.yaml",
    ),
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_file_is_refused_at_the_line_with_what_to_do(
    row: tuple[str, str, str, str, str, str],
) -> None:
    text, old, new, place, key, message = row
    changed = text.replace(old, new, 1)
    assert changed != text

    with pytest.raises(RefusedFileError) as caught:
        over(changed)

    assert caught.value.file == "facts.yaml"
    assert caught.value.problems == (Problem(line_of(changed, place), key, message),)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"as_of: &a \"2026\"", "aliases and anchors are not allowed"),
        (b"as_of: !!python/name:os.system x", "tags (!…) are not allowed"),
        (b"[" * 30, "nested deeper than 20 levels"),
        (b"#" * 262_145, "larger than 256 kB"),
        (b"- 1", "the file must hold one mapping of keys to values"),
    ],
)  # fmt: skip
def test_file_is_data_within_limits(raw: bytes, message: str) -> None:
    with pytest.raises(RefusedFileError, match=re.escape(message)):
        overlaid(raw, "facts.yaml", built_in())


def test_what_passed_once_is_read_again_on_later_days() -> None:
    assert over(DEARER, today=None) == over(DEARER)
