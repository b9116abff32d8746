"""Where the bars of quarters are, and what is said of them."""

from audits.charts.quarters import HEIGHT, WIDTH, QuarterBars, quarters_chart


def test_bars_have_a_scale_of_their_own_and_stay_in_their_part() -> None:
    chart = quarters_chart(
        [
            QuarterBars(
                name="Q3 2026", running=10, freed=None, approved=None, asked=None
            ),
            QuarterBars(name="Q4 2026", running=20, freed=5, approved=300, asked=0.01),
        ]
    )

    kinds = [bar.kind for bar in chart.bars]
    assert kinds == ["running", "running", "freed", "approved", "asked"]
    first, second, freed, approved, asked = chart.bars
    assert float(second.height) == 2 * float(first.height)
    # A month's money beside a month's: the same scale.
    assert float(second.height) == 4 * float(freed.height)
    assert freed.css != second.css
    assert float(asked.height) == 0.5
    assert float(approved.x) + float(approved.width) < float(asked.x)
    for bar in chart.bars:
        assert 0 < float(bar.x) < WIDTH
        assert 0 < float(bar.y) < HEIGHT
    assert [line.text for line in chart.lines] == [
        *("$0", "$10", "$20"),
        *("$0", "$100", "$200", "$300"),
    ]
    assert chart.title == (
        "US dollars by quarter: Q3 2026 running 10 a month; "
        "Q4 2026 running 20 a month, freed 5 a month, approved 300, asked for 0."
    )


def test_nothing_known_draws_no_bar() -> None:
    none = QuarterBars(
        name="Q1 2026", running=None, freed=None, approved=None, asked=None
    )

    chart = quarters_chart([none])

    assert chart.bars == ()
    assert chart.title == "US dollars by quarter: Q1 2026 nothing."
