from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.exchange import reading, writing

BUNDLED = Path(__file__).resolve().parents[2] / "record"


class Command(BaseCommand):
    help = "Loads the record from its YAML files: all of it or, when anything in them is wrong, nothing."
    # The server that starts next makes them.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", nargs="?", type=Path, default=BUNDLED, metavar="DIR", help="by default the bundled record"
        )
        parser.add_argument("--force", action="store_true", help="overwrite what editors changed since the last load")

    def handle(self, *args: Any, folder: Path, force: bool, **options: Any) -> None:
        try:
            outcome = writing.load(folder, at=timezone.now(), force=force)
        except reading.Faulty as faulty:
            many = f"{len(faulty.faults)} faults" if len(faulty.faults) > 1 else "One fault"
            raise CommandError("\n".join([*faulty.faults, f"{many}; nothing was loaded."])) from None
        if outcome.changed:
            # Without its counts of a record just loaded the database takes half a minute over the first timeline.
            writing.let_database_count()
        if options["verbosity"]:
            self._tell(outcome)

    def _tell(self, outcome: writing.Outcome) -> None:
        for name in outcome.kept:
            self.stdout.write(f"kept as edited: {name}")
        for name in outcome.kept_deleted:
            self.stdout.write(f"kept as deleted: {name}")
        if outcome.kept or outcome.kept_deleted:
            self.stdout.write("Editors changed these since the files wrote them; --force overwrites them.")
        for name in outcome.left:
            self.stdout.write(f"not in the files any more, left as it is: {name}")
        if outcome.changed:
            self.stdout.write(f"The record: {len(outcome.added)} added, {len(outcome.updated)} updated.")
        else:
            self.stdout.write(f"The record: nothing to change, {outcome.total} records are on file.")
