"""What the method page says of numbers is what the code uses."""

from pathlib import Path

from audits.frameworks.loading import loader
from audits.method.thresholds import thresholds
from audits.method.told import told
from tests.worked_sums import blocks

DOCUMENT = (Path(__file__).parents[2] / "docs" / "method.md").read_text("utf-8")


def test_thresholds_come_from_the_framework_and_the_code_with_their_units() -> None:
    found = {each.name: each for each in thresholds(loader.current())}

    assert found["Smallest test"].value == "30 cases"
    gap = found["Large gap"]
    assert gap.value == "more than 5 points below the target"
    assert "14.2 with 30 cases, 7.8 with 100 cases, 5.5 with 200 cases" in gap.decides
    assert found["What may be measured first"].value == (
        "2 measurements, 60 working hours in all"
    )
    values = [each.value for each in found.values()]
    assert "10,000, 100,000, 1,000,000, 10,000,000 calls a month" in values
    assert "50,000, 200,000 tokens" in values
    assert found["Fit in the prompt"].value.startswith("60% and 100%")


def test_worked_numbers_are_those_of_the_document() -> None:
    """The document works some by hand; the page computes them."""
    results = {formula.name: formula.worked for formula in told().formulas}
    hand = {block.about: dict(block.lines) for block in blocks(DOCUMENT, "cost")}

    def worth(example: str, key: str) -> str:
        return hand[example][key].rpartition(" = ")[2]

    assert results["A prompt"].result == f"${worth('V1', 'cached_month')} a month"
    assert results["The cache"].result.startswith("68.1%")
    assert worth("V10", "h_ttl5") == "0.6807"
    calls = int(worth("V6", "breakeven_vs_V1_cached"))
    assert f"from {calls:,} calls" in results["Break-even"].result
    fixed = float(worth("V6", "fixed_month"))
    assert f"${fixed:,.2f} a month" in results["Break-even"].given
    cannot = results["Can it pay off at this volume?"]
    assert f"${worth('V12', 'prefix_month')} a month" in cannot.given
    assert cannot.result == "at 100,000 calls a month, leaving them out does not pay"
    given = results["A prompt"].given
    assert "100,000 calls a month" in given
    assert "$2, $10 as output, $0.10 from the cache and $2.50 to write to it" in given
