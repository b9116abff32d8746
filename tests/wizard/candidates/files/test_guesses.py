"""What a run is taken for by its name."""

import pytest

from audits.scoring.scored.candidates import ScoredKind
from audits.scoring.scored.kinds import KIND_NAMES
from audits.wizard.candidates.guesses import guessed_kind


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_name_of_a_kind_is_taken_for_that_kind(kind: ScoredKind) -> None:
    assert guessed_kind(KIND_NAMES[kind]) == kind
    assert guessed_kind(f" {KIND_NAMES[kind].upper()} ") == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("current-prompt-v3", "prompt"),
        ("base-prompt", "prompt"),
        ("Prompt_zero-shot", "prompt"),
        ("few-shot prompt", "examples"),
        ("prompt with RAG", "retrieval"),
        ("Prompt, hybrid search", "hybrid"),
        ("handbook", "documents"),
        ("prompt with the handbook", "documents"),
        ("prompt-with-documents", "documents"),
        ("manual in prompt", "documents"),
        ("prompt with the updated handbook", "updated"),
        ("prompt, updated documents v2", "updated"),
        ("RAG over the handbook", "retrieval"),
        ("RAG, updated docs", "retrieval"),
        ("ft:gpt-4o-mini:acme::9x", "tuned"),
        ("gpt-4o (fine-tuned)", "tuned"),
        ("a stronger model", "stronger"),
        # What only a person knows.
        ("production", None),
        ("live", None),
        ("baseline", None),
        ("baseline-v2", None),
        ("gpt-6-astra", None),
        ("gpt-5-strong", None),
        ("gpt-5-mini", None),
        ("claude-opus-5-5", None),
        ("openai:gpt-6-astra", None),
        ("storage", None),
        ("toolbox agent", None),
        ("prompt without examples", None),
        ("fine-tuned with a short prompt", None),
        ("few-shot with retrieval", None),
        ("few-shot with documents", None),
        ("long prompt", None),
        ("document extraction", None),
        ("manual prompt for documents", "prompt"),
        ("prompt without handbook", None),
    ],
)
def test_only_whole_words_that_are_certain_are_guessed(
    name: str, kind: ScoredKind | None
) -> None:
    assert guessed_kind(name) == kind
