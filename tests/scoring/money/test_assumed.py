"""What is assumed is listed for the techniques that are compared."""

from audits.scoring.costs.cost_numbers import INPUT_NAMES
from audits.scoring.money.assumed import assumed_behind, assumed_for
from audits.scoring.money.of_assessment import money_of
from audits.scoring.numbers.assumption_fields import GROUPS, in_groups
from tests.scoring.money.test_money import KNOWLEDGE, SPEED, assessed

INDEXED = INPUT_NAMES["corpus_tokens"]


def test_numbers_are_grouped_by_what_they_are_about_and_none_is_lost() -> None:
    found = (*assumed_behind(assessed(KNOWLEDGE), None), ("Something new", "1"))

    groups = in_groups(found)

    assert sorted(row for _, rows in groups for row in rows) == sorted(found)
    names = [name for name, _ in groups]
    assert names == [x for x in (*GROUPS, "Other numbers") if x in names]
    assert len(names) > 4
    assert dict(dict(groups)["Search in documents"])[INDEXED]


def test_number_that_no_compared_technique_uses_is_not_listed() -> None:
    found = assessed(SPEED)
    money = money_of(found)
    assert money
    assert "rag" not in [row.technique for row in money.rows]
    assert found.costs
    assert "corpus_tokens" in found.costs.plan.defaults

    assert INDEXED not in dict(assumed_behind(found, money))
    assert "“Retrieval”" not in assumed_for(found, money)


def test_number_that_one_of_them_uses_is_listed() -> None:
    found = assessed(KNOWLEDGE)
    money = money_of(found)

    assert INDEXED in dict(assumed_behind(found, money))
    assert "“Retrieval”" in assumed_for(found, money)
    # The numbers page counts those of all techniques.
    assert found.costs
    every = len(assumed_behind(found, None))
    assert every == len(found.costs.plan.defaults)
    assert assumed_for(found, money).endswith(f"; all techniques together, on {every}.")


def test_documents_and_what_retrieval_indexes_have_names_of_their_own() -> None:
    assert "documents" in INPUT_NAMES["knowledge_tokens"]
    assert "documents" not in INDEXED


def test_without_money_all_techniques_count() -> None:
    found = assessed(KNOWLEDGE)

    assert INDEXED in dict(assumed_behind(found, None))
    assert assumed_for(found, None) == ""
