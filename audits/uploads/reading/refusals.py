"""The refusals of uploaded files."""


class UnreadableUploadError(ValueError):
    """A file is not read; says in one sentence why, and what to do."""


class BusyError(UnreadableUploadError):
    """No file can be read right now; this one may be fine."""
