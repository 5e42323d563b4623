from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.exchange.texts import akoma_writing, asked, exporting, importing


class Command(BaseCommand):
    help = "Writes a treaty text as Akoma Ntoso 3.0: what is published of it in one language from one source."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("treaty", metavar="TREATY", help="its slug: 1961, 2000, 2024")
        parser.add_argument("language", metavar="LANGUAGE", help="ISO 639 code: en, ru, ko …")
        parser.add_argument("--source", required=True, metavar="SLUG", help="who prints these words")
        parser.add_argument("--output", type=Path, metavar="FILE", help="by default it is printed")
        parser.add_argument("--drafts", action="store_true", help="with what is not published yet")

    def handle(self, *args: Any, **options: Any) -> None:
        output: Path | None = options["output"]
        try:
            written = exporting.export(
                asked.treaty(options["treaty"]),
                asked.language(options["language"]),
                asked.source(options["source"]),
                drafts=options["drafts"],
                made=timezone.now().date(),
            )
        except importing.Refused as refused:
            raise CommandError("\n".join(refused.reasons)) from None
        except akoma_writing.Invalid as invalid:
            raise CommandError(f"The schema refuses what was written, so nothing was kept: {invalid}") from None
        if output is None:
            self.stdout.write(written.decode(), ending="")
            return
        try:
            output.write_bytes(written)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror or error}.") from None
        if options["verbosity"]:
            self.stdout.write(f"Written to {output}: {len(written):,} bytes.")
