from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.exchange import dumping, standing


class Command(BaseCommand):
    help = "Writes the record, drafts included, to YAML files that load_record reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="the folder; made when it does not exist")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        items, _ = standing.read()
        try:
            written = dumping.write(folder, items)
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error}") from error
        if options["verbosity"]:
            self.stdout.write(f"The record: {len(written)} files written to {folder}.")
