"""What is said of the meantime, of a use case that has stopped."""

_MEANWHILE, _RESUMED = "Meanwhile ", "When the use case resumes, "
_ALREADY = (("meanwhile “", "“"), ("” meanwhile", "”"))
# To stay stopped is the advice, and costs nothing.
_NETS = ("The advice costs", "the advice costs")
_RESUMING = tuple(zip(_NETS, ("Resuming costs", "resuming costs"), strict=True))


def once_resumed(headline: str, *, has_stopped: bool) -> str:
    """Say from when people may use what serves meanwhile: once stopped, nothing runs.

    >>> said = "Distil. Meanwhile you may use examples in the prompt."
    >>> once_resumed(said, has_stopped=True)
    'Distil. When the use case resumes, you may use examples in the prompt.'

    Args:
        headline: The sentences that say a verdict.
        has_stopped: Whether the use case has stopped.
    """
    return headline.replace(_MEANWHILE, _RESUMED) if has_stopped else headline


def without_meantime(said: str) -> str:
    """Say what something costs, and not that it serves meanwhile: nothing runs.

    >>> without_meantime("This asks for $70, to measure and to set up “RAG” meanwhile.")
    'This asks for $70, to measure and to set up “RAG”.'
    >>> without_meantime("The advice costs $9 more than the stopped plan.")
    'Resuming costs $9 more than the stopped plan.'

    Args:
        said: Sentences about money.
    """
    for serves, costs in (*_ALREADY, *_RESUMING):
        said = said.replace(serves, costs)
    return said
