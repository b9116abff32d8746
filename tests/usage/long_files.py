"""Long usage files, made from those that real tools wrote."""

import json
from pathlib import Path

from tests.usage.made_usage import OTEL, plain


def long_spans(file: Path, megabytes: int) -> int:
    """Write spans with new ids until the file is so long, and return how many lines."""
    line = json.dumps(plain(OTEL)[0])
    spans = plain(OTEL)[0]["resourceSpans"][0]["scopeSpans"][0]["spans"]
    written = 0
    with file.open("w") as content:
        while content.tell() < megabytes * 1_000_000:
            text = line
            for place, span in enumerate(spans):
                text = text.replace(span["spanId"], f"{3 * written + place + 1:016x}")
            content.write(text + "\n")
            written += 1
    return written
