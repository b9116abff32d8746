"""Makes people's names for files and links safe to show and to store."""

import re
import unicodedata

MAX_CHARACTERS = 200
_MAX_ENDING = 10
# Control characters, line breaks and what shows nothing. Some of that reverses the
# direction of reading, so that "fdp.exe" reads "exe.pdf".
_UNSHOWN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"  # of letters in some scripts, and of emoji


def cleaned_label(text: str) -> str:
    """Return a name on one line, without invisible or direction characters."""
    kept = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", text)
        if char.isspace() or not _is_unshown(char)
    )
    return re.sub(" +", " ", kept).strip()[:MAX_CHARACTERS].rstrip()


def cleaned_file_name(name: str) -> str:
    """Return a file's name alone: no folders, 200 characters, its ending kept."""
    last = re.split(r"[/\\]", name)[-1]
    last = "".join(char for char in last if not _is_unshown(char))
    last = re.sub(r"\s+", " ", unicodedata.normalize("NFC", last)).strip().rstrip(". ")
    stem, dot, ending = last.rpartition(".")
    if not dot or len(ending) > _MAX_ENDING:
        return last[:MAX_CHARACTERS].rstrip() or "file"
    room = MAX_CHARACTERS - len(ending) - 1
    return f"{stem[:room].rstrip() or 'file'}.{ending}"


def _is_unshown(char: str) -> bool:
    return unicodedata.category(char) in _UNSHOWN and char not in _JOINERS
