from datetime import date

from audits.landscape.comparing import told
from audits.landscape.loader import built_in
from audits.landscape.overlay import overlaid
from tests.landscape.made_files import DEARER, NEWER

DAY = date(2026, 11, 29)
BASIS = 'as_of: "2026-11-28", confidence: single, sources: [ours]'
CHANGED = f"""\
as_of: "2026-11-28"
offers:
  - {{id: house-gpus, provider: You, product: Own, methods: [SFT], opens: {{day: "2022", {BASIS}}}, ends: {{day: "2027-05-01", {BASIS}}}, {BASIS}}}
assumptions:
  - {{id: fte_cost, name: Fully loaded cost of one engineer, low: 120000, expected: 190000, high: 300000, unit: USD per year, {BASIS}}}
hosting:
  gpu_hour: {{low: 2.69, expected: 4.5, high: 12.29, unit: USD per GPU-hour, {BASIS}}}
"""  # noqa: E501 - a line as people write it


def test_each_entry_that_differs_is_told_with_what_differs() -> None:
    after = overlaid(CHANGED.encode(), "changed", built_in(), today=DAY)

    assert [*told(built_in(), after, DAY)] == [
        "Adds offer house-gpus: ends on 2027-05-01",
        "Changes planning figure fte_cost: as_of 2026-11-24 -> 2026-11-28; drops note; "
        "expected 180000 -> 190000",
        "Changes hourly price of the usual GPU: as_of 2026-11-09 -> 2026-11-28; "
        "confidence secondary -> single; sources; drops note; expected 3.99 -> 4.5",
    ]


def test_file_that_lacks_what_the_one_in_force_added_removes_it() -> None:
    before = overlaid(NEWER.encode(), "newer", built_in())
    after = overlaid(DEARER.encode(), "dearer", built_in())

    lines = [*told(before, after, DAY)]

    assert lines[0] == "Removes source letter"
    assert lines[2:4] == [
        "Changes model claude-sonnet-5-5: price_periods; drops prompt_cache; "
        "drops retires_not_before; $2 in, $10 out -> $30 in, $150 out on 2026-11-29",
        "Removes model nova-9: $0.3 in, $2.5 out -> no price on 2026-11-29",
    ]


def test_landscape_is_like_itself() -> None:
    assert [*told(built_in(), built_in(), DAY)] == []
