import pytest

from audits.charts.scores import WIDTH, ScoreBar, Span, score_bar
from audits.evaluations.statistics.shares import wilson


def drawn(passed: int, cases: int, target: float | None = 0.8) -> ScoreBar:
    found = wilson(passed, cases)
    return score_bar(passed / cases, (found.low, found.high), target, "In words")


def end_of(span: Span) -> float:
    return float(span.x) + float(span.width)


def middle_of(span: Span) -> float:
    return float(span.x) + float(span.width) / 2


@pytest.mark.parametrize(("passed", "cases"), [(12, 24), (62, 100), (7, 31)])
def test_bar_is_as_long_as_the_share_and_the_line_as_the_interval(
    passed: int, cases: int
) -> None:
    bar, found = drawn(passed, cases), wilson(passed, cases)

    assert float(bar.bar.x) == 0
    assert end_of(bar.bar) == pytest.approx(100 * passed / cases, abs=0.01)
    assert float(bar.line.x) == pytest.approx(100 * found.low, abs=0.01)
    assert end_of(bar.line) == pytest.approx(100 * found.high, abs=0.02)
    low, high = map(middle_of, bar.ends)
    assert (low, high) == pytest.approx((100 * found.low, 100 * found.high), abs=0.02)


@pytest.mark.parametrize("passed", [0, 40])
def test_marks_at_either_end_stay_within_the_bar(passed: int) -> None:
    bar = drawn(passed, 40, target=passed / 40)

    assert bar.target is not None
    for span in (bar.bar, bar.inside, bar.line, *bar.ends, bar.target):
        assert float(span.x) >= 0
        assert float(span.width) >= 0
    for span in (bar.bar, bar.line, *bar.ends, bar.target):
        assert end_of(span) <= WIDTH


def test_target_is_marked_where_it_is_and_not_without_one() -> None:
    with_one, without = drawn(62, 100), drawn(62, 100, target=None)

    assert with_one.target is not None
    assert middle_of(with_one.target) == pytest.approx(80)
    assert without.target is None
