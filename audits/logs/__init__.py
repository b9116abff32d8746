"""Log lines: one a record, without secrets. Needs no Django, since gunicorn uses it."""

from audits.logs.lines import formatter

__all__ = ["formatter"]
