"""What a headline says of the meantime, of a use case that has stopped."""

_MEANWHILE, _RESUMED = "Meanwhile ", "When the use case resumes, "


def once_resumed(headline: str) -> str:
    """Say from when people may use what serves meanwhile: now nothing runs.

    >>> once_resumed("Distil. Meanwhile you may use examples in the prompt.")
    'Distil. When the use case resumes, you may use examples in the prompt.'

    Args:
        headline: The sentences that say a verdict.
    """
    return headline.replace(_MEANWHILE, _RESUMED)
