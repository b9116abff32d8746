"""The few words that page 1 has for a reason say the same as its sentence."""

import re

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.options.option_briefs import ROOM, brief

FRAMEWORK = current()
RULES = (FRAMEWORK.verdict_rules, FRAMEWORK.context_rules, FRAMEWORK.training_rules)
# What is added to a target that is met, as `naming_kept` adds it.
LESS = "Costs less, but is not advised"
CHANCE = " (37 of 40 passed, 36 needed, so check it in live use)"
ADDED = (
    "",
    CHANCE,
    ", but not the limit of 900 ms (1,200 ms)",
    f"{CHANCE}, but not it",
)
MET = re.compile("[Tt]he target is met( without it)?|meets? the target")
APART = ("", " without the 160,000 tokens of documents")
WAYS = ("Use the prompt that holds all its documents: it meets the target.",)


def sentences() -> set[str]:
    """Every reason why what costs less is not advised, with what may be added."""
    texts = {*WAYS, *(text for rules in RULES for each in rules for text in said(each))}
    return {
        f"Costs less{apart}, but {lower_first(words)}{end}"
        for apart in APART
        for text in texts
        for added in ADDED
        for words in (MET.sub(rf"\g<0>{added}", text, count=1),)
        for end in ("", " Untested, like the advice: test both")
    }


def said(rule: object) -> set[str]:
    return {x for name in ("text", "beside") if (x := getattr(rule, name, "") or "")}


def test_no_short_reason_is_half_of_a_sentence_or_says_its_contrary() -> None:
    for why in sorted(sentences()):
        short = brief(why)
        assert not short.startswith(("Chance", "It ", "But ", "So ")), why
        assert short != "Costs less", why
        assert len(short) <= ROOM, (short, why)
        if short != LESS and (at := why.lower().find(short.lower())) > 0:
            before, after = why[:at], why[at + len(short) :]
            # It begins with the reason, or ends the sentence, and nothing revokes it.
            is_begun = before.endswith(("documents, but ", "Costs less, but "))
            assert is_begun or before.endswith((". ", ": ", "; ")), (short, why)
            assert not re.match(",? (but|though|not|even|can|is) ", after), (short, why)


@pytest.mark.parametrize(
    ("why", "short"),
    [
        (
            "Costs less, but the prompt that holds all its documents meets the target "
            f"{CHANCE}, so use it.",
            "Costs less; another met the target",
        ),
        (
            "Costs less without the 160,000 tokens of documents, but use what you "
            "tested: it meets the target.",
            "Costs less without documents",
        ),
        (
            "Costs less, but training is under way, but the target is met without it.",
            LESS,
        ),
        (
            "Costs less, but answers need facts, and the search you tested fell short.",
            "Answers need facts",
        ),
        (
            "Costs less. Untested, like the advice: test both",
            "Untested, like the advice",
        ),
        ("Costs less", "Costs less"),
    ],
)
def test_short_reason_keeps_what_decides(why: str, short: str) -> None:
    assert brief(why) == short
