"""The shapes of the words for what an answer shows."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingWords:
    """What each answer to a question shows, as a part of a sentence.

    What is picked fills the `frame`; an option that is alone is a part by itself. The
    number behind an answer, where it was entered, fills `number` instead.
    """

    answers: Mapping[str, str]
    frame: str = "{}"
    number: str = ""
