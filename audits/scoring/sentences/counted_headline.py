"""A headline that counts the cases that passed."""

import re
from collections.abc import Sequence

from audits.scoring.chances.met import BY_CHANCE
from audits.scoring.scored.words import CandidateAnswer

_PASSED = "passed"  # the question that tells which result is kept
# What is used and meets its target, how sure that is, and how many cases show it.
_MEETS = re.compile(
    f"(?P<use>[Uu]se (“[^”]*”|[^:.]*)): it meets the target({BY_CHANCE.pattern})?"
)
_NOT_THE_LIMIT = ", but not the limit"  # which is no more what is met
_COUNT = re.compile("([0-9,]+ of [0-9,]+) passed")


def with_count(headline: str, tested: Sequence[CandidateAnswer]) -> str:
    """Return a headline that tells how many cases passed, in place of that it is met.

    What chance may explain is said once, beside the interval of that result.

    >>> told = "37 of 40 passed, between 80 and 97 of 100"
    >>> passed = CandidateAnswer(question="passed", label="", answer="", because=told)
    >>> with_count("Use “A”: it meets the target. Do not train.", [passed])
    'Use “A”: 37 of 40 test cases passed. Do not train.'
    >>> late = "Use “A”: it meets the target, but not the limit of 9 ms (12 ms)."
    >>> with_count(late, [passed])
    'Use “A”: 37 of 40 test cases passed, but it misses the limit of 9 ms (12 ms).'

    Args:
        headline: The sentences that say a verdict.
        tested: The answers of candidates that it reads.
    """
    because = next((x.because for x in tested if x.question == _PASSED), "")
    met, counts = _MEETS.search(headline), _COUNT.findall(because)
    if met is None or len(counts) != 1:
        return headline
    told = f"{met['use']}: {counts[0]} test cases passed"
    said = headline.replace(met[0], told, 1)
    return said.replace(f"{told}{_NOT_THE_LIMIT}", f"{told}, but it misses the limit")
