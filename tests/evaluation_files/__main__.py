"""Makes made/ with the real tools: `python -m tests.evaluation_files ROOM`.

README.md beside this file says which tools, and what is taken out of their files.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import zipfile
from getpass import getuser
from pathlib import Path

HERE = Path(__file__).parent
SOURCES, MADE = HERE / "sources", HERE / "made"
PROMPTFOO = ("0.118.17", "0.123.1")
INSPECT = ("0.3.160", "0.3.285")
LM_EVAL = ("0.4.9.2", "0.4.13")
DEEPEVAL = ("3.6.0", "4.3.1")
# What a release needs and does not ask for.
WITH = {"lm-eval==0.4.9.2": ("transformers<5", "datasets<4")}
_QUIET = {
    "DEEPEVAL_TELEMETRY_OPT_OUT": "YES",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_OFFLINE": "1",
    "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1",
    "PROMPTFOO_DISABLE_REMOTE_GENERATION": "1",
    "PROMPTFOO_DISABLE_TELEMETRY": "1",
    "PROMPTFOO_DISABLE_UPDATE": "1",
}
# Folders of the machine, wherever a tool wrote one.
_PATHS = re.compile(r"(?<![\w.])/(?:home|root|tmp|usr|var|Users)/[^\s\"'\\]*")


def main(room: Path) -> None:
    MADE.mkdir(exist_ok=True)
    for version in PROMPTFOO:
        _promptfoo(room, version)
    for version in INSPECT:
        _inspect(room, version)
    for version in LM_EVAL:
        _lm_eval(room, version)
    for version in DEEPEVAL:
        _deepeval(room, version)


def _run(*words: str | Path, within: Path, **own: str) -> None:
    print("+", *map(str, words))  # noqa: T201 - a command for developers
    environment = {**os.environ, **_QUIET, **own}
    subprocess.run(list(map(str, words)), cwd=within, env=environment, check=True)


def _work(room: Path, name: str) -> Path:
    """Return an empty folder with the sources in it."""
    folder = room / "work" / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SOURCES, folder)
    return folder


def _python(room: Path, package: str, version: str) -> Path:
    """Return the Python of an environment with a package in it, made if needed."""
    folder = room / f"{package}-{version}"
    if not (folder / "complete").exists():
        _run(sys.executable, "-m", "venv", "--clear", folder, within=room)
        pip = (folder / "bin" / "pip", "install", "-q")
        with_it = WITH.get(f"{package}=={version}", ())
        _run(*pip, f"{package}=={version}", *with_it, within=room)
        (folder / "complete").touch()
    return folder / "bin" / "python"


def _promptfoo(room: Path, version: str) -> None:
    folder = room / f"promptfoo-{version}"
    program = folder / "node_modules/promptfoo/dist/src/main.js"
    if not program.exists():
        folder.mkdir(exist_ok=True)
        _run("npm", "install", "--no-audit", f"promptfoo@{version}", within=folder)
    work = _work(room, folder.name)
    own = {"PROMPTFOO_CONFIG_DIR": str(work / "kept")}
    for name, options in (
        ("", ()),
        ("-kept", ()),
        ("-repeated", ("--repeat", "2")),
    ):
        command = ("node", program, "eval", "--no-cache", "--no-table", "-j", "1")
        files = ("-c", f"promptfoo{name}.yaml", "-o", "out.json", *options)
        try:
            _run(*command, *files, within=work, **own)
        except subprocess.CalledProcessError as error:
            if error.returncode != 100:  # as it says that a case failed
                raise
        _write(f"promptfoo-{version}{name}.json", (work / "out.json").read_text())


def _inspect(room: Path, version: str) -> None:
    python = _python(room, "inspect-ai", version)
    work = _work(room, f"inspect-{version}")
    (work / "out").mkdir()
    _run(python, "inspect_run.py", "out", within=work)
    for made in sorted((work / "out").iterdir()):
        name = f"inspect-{version}-{made.name}"
        if made.suffix == ".eval":
            shutil.copy(made, MADE / name)
        else:
            _write(name, made.read_text())


def _lm_eval(room: Path, version: str) -> None:
    python = _python(room, "lm-eval", version)
    work = _work(room, f"lm-eval-{version}")
    # 0.4.9.2 finds tasks elsewhere, and then fails to print where they are.
    (own_tasks,) = python.parent.parent.glob("lib/*/site-packages/lm_eval/tasks")
    shutil.copytree(SOURCES / "tasks", own_tasks / "digits", dirs_exist_ok=True)
    tasks = ("--tasks", "digits,digits_written", "--output_path", "out")
    command = (python.parent / "lm_eval", "--model", "dummy", *tasks)
    _run(*command, "--log_samples", within=work, HF_HOME=str(work / "hf"))
    (results,) = (work / "out").rglob("results_*.json")
    values = json.loads(results.read_text())
    if "pretty_env_info" in values:
        values["pretty_env_info"] = ""
    _write(f"lm-eval-{version}.json", json.dumps(values))
    with zipfile.ZipFile(MADE / f"lm-eval-{version}.zip", "w") as packed:
        day = {"compress_type": zipfile.ZIP_DEFLATED}
        packed.writestr(results.name, _scrubbed(json.dumps(values)), **day)
        for samples in sorted((work / "out").rglob("samples_*.jsonl")):
            packed.writestr(samples.name, _scrubbed(samples.read_text()), **day)


def _deepeval(room: Path, version: str) -> None:
    python = _python(room, "deepeval", version)
    work = _work(room, f"deepeval-{version}")
    own = {"DEEPEVAL_RESULTS_FOLDER": "out"}
    _run(python, "deepeval_run.py", within=work, **own)
    (made,) = (file for file in (work / "out").iterdir() if file.name[0] != ".")
    _write(f"deepeval-{version}.json", made.read_text())


def _write(name: str, text: str) -> None:
    values = json.loads(_scrubbed(text))
    (MADE / name).write_text(json.dumps(values, separators=(",", ":")) + "\n")


def _scrubbed(text: str) -> str:
    """Return a text without folders, and refuse one that still names the machine."""
    scrubbed = _PATHS.sub("/folder", text)
    for name in (socket.gethostname(), getuser()):
        if re.search(rf"\b{re.escape(name)}\b", scrubbed):
            message = f"a file still says {name}"
            raise ValueError(message)
    return scrubbed


if __name__ == "__main__":
    place = Path(sys.argv[1]).resolve()
    place.mkdir(parents=True, exist_ok=True)
    main(place)
