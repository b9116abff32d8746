from audits.charts.counts import WIDTH, counts_chart
from audits.frameworks.loading import loader

LETTER = 8.7  # at most as wide as a letter of these names in the size of the drawing


def test_name_of_every_verdict_ends_before_its_bar() -> None:
    families = loader.current().families.items()
    chart = counts_chart(
        [(key, words.name, 3) for key, words in families], "Use cases by verdict"
    )

    for row in chart.rows:
        assert 24 + len(row.name) * LETTER <= chart.left - 8
        assert float(row.number_x) < WIDTH - 30
        assert float(row.width) > 100
