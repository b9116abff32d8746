"""Tags: short words that an organization puts on its use cases, as one text.

They are stored with ", " between them, so a tag has no comma. Case does not matter:
`keys_of` gives the text in which one is found.
"""

import re
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError

from audits.models.fields.text import clean_text

MOST_TAGS, MOST_OF_TAG = 10, 40
MOST_OF_TAGS = MOST_TAGS * (MOST_OF_TAG + 2)
_APART = re.compile(r"[,;\n]")
_MARK = "\n"


def key_of_tag(tag: str) -> str:
    """Return what two spellings of one tag have in common.

    >>> key_of_tag("Claims  Desk") == key_of_tag("claims desk")
    True
    """
    return " ".join(tag.casefold().split())


def tags_of(text: str) -> list[str]:
    """Return the tags of a text, each once, in its order.

    Raises:
        ValidationError: A tag is too long, or cannot be stored.

    >>> tags_of("Claims, pilot; claims ,, EU")
    ['Claims', 'pilot', 'EU']
    """
    found: dict[str, str] = {}
    for part in _APART.split(clean_text(text)):
        tag = " ".join(part.split())
        if len(tag) > MOST_OF_TAG:
            message = (
                f"Use {MOST_OF_TAG} characters or fewer for each tag; “{tag}” has "
                f"{len(tag)}"
            )
            raise ValidationError(message, code="too_long")
        if tag:
            found.setdefault(key_of_tag(tag), tag)
    return list(found.values())


def tags_text(tags: Iterable[str]) -> str:
    """Return tags as they are stored and shown, in the order of the alphabet.

    Raises:
        ValidationError: There are too many.
    """
    kept = {key_of_tag(tag): tag for tag in tags}
    if len(kept) > MOST_TAGS:
        message = f"Use {MOST_TAGS} tags or fewer; these are {len(kept)}"
        raise ValidationError(message, code="too_many")
    return ", ".join(kept[key] for key in sorted(kept))


def spelled(tags: Iterable[str], known: Mapping[str, str]) -> list[str]:
    """Return tags as an organization spells them already, by their keys."""
    return [known.get(key_of_tag(tag), tag) for tag in tags]


def keys_of(text: str) -> str:
    """Return the stored tags as the text in which `mark_of_tag` finds one.

    >>> mark_of_tag("PILOT") in keys_of("Claims, Pilot")
    True
    >>> keys_of("")
    ''
    """
    keys = [key_of_tag(tag) for tag in text.split(", ") if tag]
    return f"{_MARK}{_MARK.join(keys)}{_MARK}" if keys else ""


def mark_of_tag(tag: str) -> str:
    """Return what the keys of a use case contain if it has this tag."""
    return f"{_MARK}{key_of_tag(tag)}{_MARK}"
