"""CSV files of usage, for the tests of the pages."""

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

FIRST = date(2026, 8, 1)
# Documents that fit in a call of most models, and in none of gpt-4o.
KNOWLEDGE_CASE: dict[str, Any] = {
    "goal": ["knowledge"],
    "state": "none",
    "knowledge_size": "medium",
    "change_rate": "weekly",
    "traceability": "required",
}
KNOWLEDGE_TOKENS = "180000"


def sheet_of(days: int = 92, calls: int = 1000, model: str = "gpt-5") -> bytes:
    """Return a file with calls a day times the number of the month.

    A call has 3,000 tokens of input, of which 1,000 are cached, and 200 of output. It
    costs a cent.
    """
    lines = ["day,model,requests,input,cached input,output,cost"]
    for day in (FIRST + timedelta(days=n) for n in range(days)):
        n = calls * day.month
        lines.append(f"{day},{model},{n},{3000 * n},{1000 * n},{200 * n},{n / 100:.2f}")
    return "\n".join([*lines, ""]).encode()


def upload(content: bytes | None = None, name: str = "usage.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, sheet_of() if content is None else content)
