"""Days that no usage can be of are refused, in whatever format."""

import re

import pytest

from audits.usage.rows import RefusedUsageError
from tests.usage.made_usage import ANTHROPIC, LITELLM, OPENAI, OTEL, raw, read_bytes

TEXTS = {
    LITELLM: r'("date": ?")\d{4}',
    ANTHROPIC: r'("(?:starting|ending)_at": ?")\d{4}',
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("year", ["0001", "1990", "2100", "9999"])
def test_year_of_a_text_is_refused(name: str, year: str) -> None:
    content = re.sub(TEXTS[name].encode(), rb"\g<1>" + year.encode(), raw(name))

    with pytest.raises(RefusedUsageError, match="correct its days"):
        read_bytes(content)


@pytest.mark.parametrize("name", [OPENAI, OTEL])
def test_year_of_a_number_is_refused(name: str) -> None:
    by = 50 * 365 * 86_400
    key = rb'("(?:start|end)_time": ?)(\d+)'
    if name == OTEL:
        key, by = rb'("startTimeUnixNano": ?"?)(\d+)', by * 1_000_000_000

    def earlier(found: "re.Match[bytes]") -> bytes:
        return found[1] + str(int(found[2]) - by).encode()

    with pytest.raises(RefusedUsageError, match="correct its days"):
        read_bytes(re.sub(key, earlier, raw(name)))
