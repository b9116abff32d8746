"""The few technical words of a pack, each with its one meaning in Attune."""

from audits.frameworks.answering.glossary import own_words
from audits.frameworks.schema import Framework, Term

# In the order in which they are printed: the approaches, then what makes a test and a
# sum, then how sure a reader can be. The second of a pair is told with the first.
_TERMS = (
    *(("Prompt",), ("Few-shot",), ("Retrieval",), ("Distil",), ("Fine-tune",)),
    *(("Tuned model",), ("Hosted",), ("Open model",), ("Base model",), ("GPU",)),
    *(("Cache",), ("Token",), ("Small part",), ("Test set",), ("Pass mark",)),
    *(("Range",), ("Measured", "Documented", "Asserted"), ("Synthetic",)),
    *(("Sign off",), ("Provisional",)),
)


def terms_of_packs(framework: Framework) -> tuple[Term, ...]:
    """Return the words that every pack uses, each as its one file has it.

    Args:
        framework: Has the words of its techniques; the others are Attune’s own.
    """
    means = {word.term: word.means for word in (*framework.glossary, *own_words())}
    return tuple(
        Term(
            term=first,
            means="; ".join(
                (means[first], *(f"{x.lower()}: {means[x]}" for x in others))
            ),
        )
        for first, *others in _TERMS
    )
