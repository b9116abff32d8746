"""Long texts, shown shortened."""


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many characters, cut after a word.

    >>> shortened("Sorts incoming claims", 15), shortened("Sorts", 15)
    ('Sorts incoming…', 'Sorts')
    """
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    if not text[most - 1].isspace() and " " in cut[most // 2 :]:
        cut = cut[: cut.rindex(" ")]
    return f"{cut.rstrip(' ,;:')}…"
