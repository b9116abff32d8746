"""The method page says case by case what the rules of today say."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from audits.frameworks.loading import loader
from audits.method.agreement import misses, scores
from audits.method.told import told
from tests.pages import html_of
from tests.verdicts.agreement import agreement_of, batches
from tests.verdicts.stored import FILE, text

pytestmark = pytest.mark.once


@pytest.mark.thorough
def test_stored_scores_are_what_the_rules_say_today() -> None:
    """After a change of a rule: `python -m tests.verdicts.stored`."""
    assert FILE.read_text("utf-8") == text()


def test_rows_by_verdict_add_up_to_the_benchmark() -> None:
    found = scores()
    rows = found.by_verdict(tuple(loader.current().verdicts))
    agreed = [agreement_of(batch) for batch in batches()]

    for name, said in (
        ("cases", sum(each.cases for each in agreed)),
        ("first", sum(each.first for each in agreed)),
        ("second", sum(each.second for each in agreed)),
        ("shipped", len(found.shipped)),
        ("coder", found.agreed),
    ):
        assert sum(getattr(row, name) for row in rows) == said
        assert getattr(found.all, name) == said


def test_who_coded_a_case_accepts_it_unless_the_file_says_why_not() -> None:
    """A live model that is kept was told as trained before there was `keep`."""
    for case in scores().shipped:
        trained = {"fine_tune", "distil"} & {*case.accepted}
        accepts = case.now in case.accepted or (case.now == "keep" and trained)
        assert bool(accepts) is not bool(case.differs), case.id


@pytest.mark.thorough
def test_each_miss_is_named_with_what_is_accepted_and_our_reason() -> None:
    page = re.sub(r"\s+", " ", unescape(html_of(Client().get(reverse("method")))))

    found = misses(loader.current(), told().actions)
    assert len(found) == len(scores().missed)
    for miss in found:
        said = page.partition(f"{miss.case.title}</h3>")[2].partition("</li>")[0]
        assert miss.why in said, miss.case.id
        assert miss.case.note in said
        assert miss.others
        for names in (miss.hold, miss.blocked, miss.unknown):
            assert ", ".join(names) in said
        assert ("No reason to train holds." in said) is (not miss.hold)
        for number, actions in miss.others:
            assert (
                f"Expert {number} would accept: {', '.join(actions).lower()}." in said
            )
    for case in scores().differing:
        said = page.partition(f"{case.title}</h3>")[2].partition("</li>")[0]
        assert case.differs in said
