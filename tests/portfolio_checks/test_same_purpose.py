"""Purposes are compared by rare words, and only between teams."""

from audits.portfolio_checks.same_purpose import Described, alike
from audits.services.demo.sample import sample_company

CLAIMS = "Sort claims by urgency and damage"


def found(*pairs: tuple[str, str]) -> dict[object, object]:
    described = [Described(key=i, team=t, text=x) for i, (t, x) in enumerate(pairs)]
    return {key: each.other for key, each in alike(described).items()}


def test_two_teams_with_the_same_words_may_have_one_purpose() -> None:
    assert found(("A", CLAIMS), ("B", f"Claims: {CLAIMS.upper()}")) == {0: 1, 1: 0}
    assert found(("A", CLAIMS), ("A", CLAIMS)) == {}
    assert found(("A", CLAIMS), ("B", "Sort claims")) == {}  # two words are too few
    assert found(("A", ""), ("B", "")) == {}


def test_long_texts_need_more_than_three_shared_words() -> None:
    long = " ".join(chr(97 + n // 26) * 3 + chr(97 + n % 26) for n in range(20))
    longer = " ".join(chr(65 + n // 26) * 5 + chr(65 + n % 26) for n in range(20))

    assert found(("A", f"{CLAIMS} {long}"), ("B", f"{CLAIMS} {longer}")) == {}


def test_words_that_many_use_cases_have_do_not_count() -> None:
    assert found(*((f"Team {n}", CLAIMS) for n in range(21))) == {}
    assert len(found(*((f"Team {n}", CLAIMS) for n in range(20)))) == 20


def test_the_one_that_shares_the_most_is_told() -> None:
    less = "Sort claims by urgency"

    assert found(("A", CLAIMS), ("B", less), ("C", CLAIMS))[0] == 2


def test_no_two_summaries_of_the_sample_share_words_of_no_purpose() -> None:
    cases = [*enumerate(sample_company()["use_cases"])]
    described = [
        Described(key=n, team=x["team"], text=f"{x['name']}. {x['summary']}")
        for n, x in cases
    ]

    assert alike(described) == {}
