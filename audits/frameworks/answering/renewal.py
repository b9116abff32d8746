"""The questions that a newer version of a framework adds or changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audits.frameworks.questions import Question
from audits.frameworks.schema import Framework


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedQuestion:
    """A question to look at first, and what is new about it."""

    question: Question
    said: str


def changed_questions(
    before: Framework, after: Framework
) -> tuple[ChangedQuestion, ...]:
    """Return the questions that are new or changed, in the order they are asked.

    The rules may have changed too; this covers what a team reads.

    Args:
        before: The version that the team answered.
        after: The version to answer now.
    """
    found = ((q, _said(before.question_by_id.get(q.id), q)) for q in after.questions)
    return tuple(ChangedQuestion(question=q, said=said) for q, said in found if said)


def _said(before: Question | None, after: Question) -> str:
    if before is None:
        return "New"
    return ". ".join(_changes(before, after))


def _changes(before: Question, after: Question) -> Iterator[str]:
    if (before.kind, before.most) != (after.kind, after.most):
        yield "The kind of answer changed"
    if (before.text, before.hint) != (after.text, after.hint):
        yield "The wording changed"
    old, new = _choices(before), _choices(after)
    names = {choice: words[0] for choice, words in (old | new).items()}
    yield from _listed("New", [names[x] for x in new if x not in old])
    yield from _listed("No longer offered", [names[x] for x in old if x not in new])
    reworded = [names[x] for x in new if x in old and old[x] != new[x]]
    yield from _listed("Reworded", reworded)


def _choices(question: Question) -> dict[str, tuple[str, str]]:
    """Return the options or ticks, and their names."""
    offered = question.ticks or question.options
    return {choice.id: (choice.name, choice.text) for choice in offered}


def _listed(what: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"{what}: {', '.join(f'“{name}”' for name in names)}"
