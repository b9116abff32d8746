"""Says what a usage file of a tool or a provider adds up to.

Prints its period, requests a month, tokens a request, cache share, spend and models,
and what in it does not count. The exit code is 0, or 2 if the file cannot be read.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from audits.management.read_files import read_file
from audits.usage.reading import usage_of
from audits.usage.summary import summarized
from audits.usage.words import summary_lines


class Command(BaseCommand):
    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            help="daily activity of LiteLLM, usage of OpenAI or Anthropic, spans of "
            "OpenTelemetry, or a CSV file with the columns day, model, requests, "
            "input, cached input, output and cost",
        )

    def handle(self, *_: Any, file: Path, **__: Any) -> None:
        found = read_file(file, usage_of)
        self.stdout.write(found.format)
        for name, text in summary_lines(summarized(found)):
            self.stdout.write(f"  {name:<8}  {text}")
        for sentence in found.left_out:
            self.stdout.write(f"  {sentence}")
