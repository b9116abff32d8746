"""What page 1 says never contradicts its verdict: over every case that ships."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest

from audits.frameworks.loading.loader import PACKS, published
from audits.models import Cover
from audits.reports.page_one import PageOne, page_one
from audits.scoring import Assessment, assess

pytestmark = pytest.mark.once

# Version 1 argues with points; version 2 is in test_twelve_verdicts.py.
FRAMEWORK = published("fine_tuning", 1)


def cases() -> Iterator[str]:
    for kind in ("cases", "boundaries"):
        file = PACKS / FRAMEWORK.name / f"v{FRAMEWORK.version}.{kind}.jsonl"
        yield from file.read_text("utf-8").splitlines()


@cache
def assessed() -> tuple[Assessment, ...]:
    found = []
    for line in cases():
        facts = json.loads(line)["facts"]
        codes = {
            question: tuple(code) if isinstance(code, list) else code
            for question, code in facts.items()
            if question in FRAMEWORK.answerable
        }
        found.append(assess(FRAMEWORK, codes))
    return tuple(found)


def of(assessment: Assessment) -> PageOne:
    return page_one(FRAMEWORK, assessment, Cover(), "A case", on=date(2026, 11, 24))


@pytest.mark.thorough
def test_what_is_recommended_is_never_argued_against() -> None:
    by_rule = 0
    for assessment in assessed():
        rules = (*assessment.trace.context_rules, *assessment.trace.verdict_rules)
        fired = {rule.text for rule in rules if rule.outcome == "fired"}
        chosen = [option for option in of(assessment).options if option.is_chosen]
        assert chosen
        for option in chosen:
            [pushes] = [
                item
                for item in assessment.pushes
                if option.name == f"{item.name} (recommended)"
            ]
            arguing = {p.because for p in pushes.pushes if p.points > 0}
            assert option.why in (arguing or fired)
            by_rule += not arguing
    assert by_rule


def test_gathering_evidence_never_says_that_no_answer_counts() -> None:
    said = {
        of(assessment).change
        for assessment in assessed()
        if assessment.verdict == "gather_evidence"
    }

    assert "Find out first: format failures." in said
    assert "Find out first: cost against value; speed measured; language test." in said
    assert not [text for text in said if "No answer" in text]


@pytest.mark.parametrize("verdict", ["few_shot", "distil", "fine_tune"])
def test_change_is_told_or_said_to_be_none(verdict: str) -> None:
    for assessment in assessed():
        if assessment.verdict == verdict:
            change = of(assessment).change
            none = change == "No answer by itself would change the verdict."
            assert none == (not assessment.flips)
            assert none or change.startswith("If the answer to “")
