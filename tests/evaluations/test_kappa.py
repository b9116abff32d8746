"""How well two people agree, by the counts that are published with their kappa."""

from audits.evaluations.statistics.kappa import kappa

# Counts of two raters, by category: what each publication prints of them.
PUBLISHED = [
    # Fleiss, Levin, Paik: Statistical Methods for Rates and Proportions (2003), 18.1.
    (((75, 1, 4), (5, 4, 1), (0, 0, 10)), 0.68),
    # Cohen’s kappa, the worked examples of the encyclopaedia's article.
    (((20, 5), (10, 15)), 0.40),
    (((45, 15), (25, 15)), 0.13),
    (((25, 35), (5, 35)), 0.26),
]


def test_kappa_is_that_of_published_examples() -> None:
    for table, printed in PUBLISHED:
        pairs = [
            (str(a), str(b))
            for a, row in enumerate(table)
            for b, number in enumerate(row)
            for _ in range(number)
        ]
        found = kappa(pairs)
        assert found is not None
        assert round(found, 2) == printed
