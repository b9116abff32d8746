"""How a file that somebody brought is refused."""


class UnreadableUploadError(ValueError):
    """A file is not read; says in one sentence why, and what to do."""


class BusyError(UnreadableUploadError):
    """No file can be read just now; nothing is wrong with this one."""
