"""Makes made/ with the real tools: `python -m tests.usage_files ROOM`.

README.md beside this file says which tools, and what is taken out of their files.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from getpass import getuser
from pathlib import Path

HERE = Path(__file__).parent
SOURCES, MADE = HERE / "sources", HERE / "made"
LITELLM = ("1.81.0", "1.104.0")
OPENAI = ("2.36.0", "3.57.0")
ANTHROPIC = ("2.6.0", "2.14.0")
# The instrumentation, with the versions of what it is used with.
OTEL = {
    "0.3.0": ("otlp-transformer@0.205.0", "sdk-trace-node@2.1.0", "openai@5.12.2"),
    "0.21.0": ("otlp-transformer@0.223.0", "sdk-trace-node@2.12.1", "openai@6.49.0"),
}
_QUIET = {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "DATABASE_URL": "none"}


def main(room: Path) -> None:
    MADE.mkdir(exist_ok=True)
    for version in LITELLM:
        work = _work(room, f"litellm-{version}")
        _run(_python(room, "litellm[proxy]", version), "litellm_run.py", ".", at=work)
        for made in sorted(work.glob("*.json")):
            _write(f"litellm-{version}-{made.name}", made.read_text())
    for package, versions in (("openai", OPENAI), ("anthropic", ANTHROPIC)):
        for version in versions:
            work = _work(room, f"{package}-{version}")
            python = _python(room, package, version)
            _run(python, f"{package}_run.py", "out.json", at=work)
            _write(f"{package}-{version}.json", (work / "out.json").read_text())
    for version, others in OTEL.items():
        _otel(room, version, others)


def _otel(room: Path, version: str, others: tuple[str, ...]) -> None:
    folder = room / f"otel-{version}"
    if not (folder / "node_modules").exists():
        folder.mkdir(exist_ok=True)
        own = [x if x.startswith("openai") else f"@opentelemetry/{x}" for x in others]
        wanted = f"@opentelemetry/instrumentation-openai@{version}"
        words = ("npm", "install", "--no-audit", "@opentelemetry/api@1.9.0")
        _run(*words, wanted, *own, at=folder)
    shutil.copy(SOURCES / "otel_run.cjs", folder)
    made = folder / "out.jsonl"
    made.unlink(missing_ok=True)
    _run("node", "otel_run.cjs", made.name, at=folder)
    _write(f"otel-{version}.jsonl", made.read_text())


def _run(*words: str | Path, at: Path) -> None:
    print("+", *map(str, words))  # noqa: T201 - a command for developers
    environment = {**os.environ, **_QUIET}
    subprocess.run(list(map(str, words)), cwd=at, env=environment, check=True)


def _work(room: Path, name: str) -> Path:
    """Return an empty folder with the sources in it."""
    folder = room / "work" / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SOURCES, folder)
    return folder


def _python(room: Path, package: str, version: str) -> Path:
    """Return the Python of an environment with a package in it, made if needed."""
    folder = room / f"{package.partition('[')[0]}-{version}"
    if not (folder / "complete").exists():
        _run(sys.executable, "-m", "venv", "--clear", folder, at=room)
        _run(folder / "bin/pip", "install", "-q", f"{package}=={version}", at=room)
        (folder / "complete").touch()
    return folder / "bin" / "python"


def _write(name: str, text: str) -> None:
    """Write a file without white space, one object a line.

    Raises:
        ValueError: It names the machine.
    """
    for own in (socket.gethostname(), getuser()):
        if re.search(rf"\b{re.escape(own)}\b", text):
            message = f"{name} says {own}"
            raise ValueError(message)
    values = (json.loads(line) for line in text.splitlines())
    lines = [json.dumps(each, separators=(",", ":")) for each in values]
    (MADE / name).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    place = Path(sys.argv[1]).resolve()
    place.mkdir(parents=True, exist_ok=True)
    main(place)
