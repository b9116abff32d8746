"""The refusals of uploaded files."""

from dataclasses import dataclass


class UnreadableUploadError(ValueError):
    """A file is not read; says in one sentence why, and what to do."""


class BusyError(UnreadableUploadError):
    """No file can be read right now; this one may be fine."""


@dataclass(frozen=True, slots=True)
class Words:
    """How a kind of file is refused: `exported` is what a tool exports, in words."""

    exported: str
    refusal: type[UnreadableUploadError]

    @property
    def again(self) -> str:
        """What to do about a file that is damaged."""
        return f"export {self.exported} again, and select that file"
