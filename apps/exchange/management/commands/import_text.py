from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.exchange.texts import asked, importing, opening


class Command(BaseCommand):
    help = (
        "Brings in a treaty text, plain text in UTF-8 or Akoma Ntoso 3.0, as draft renderings: all of it or, when "
        "anything in it is wrong, nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("treaty", metavar="TREATY", help="its slug: 1961, 2000, 2024")
        parser.add_argument("language", metavar="LANGUAGE", help="ISO 639 code: en, ru, ko …")
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--source", required=True, metavar="SLUG", help="who prints these words")
        parser.add_argument("--kind", default="", help="authentic, official_translation, unofficial_translation, press")
        parser.add_argument("--translator", default="", help="how readers call it: KCNA English")
        parser.add_argument("--translated-from", default="", metavar="LANGUAGE", help="made from, if known")
        parser.add_argument(
            "--leave-published", action="store_true", help="leave alone what is no draft, bring in the rest"
        )
        parser.add_argument("--dry-run", action="store_true", help="show what would be saved, and save nothing")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            whose = _whose(options)
            document = opening.read(opening.decode(_bytes(file)))
            leave = options["leave_published"]
            plan = importing.plan(document, whose, leave_standing=leave)
            if options["verbosity"]:
                self._show(plan)
            if options["dry_run"]:
                self._refuse(plan.refusals)
                self.stdout.write("A dry run: nothing was saved.")
                return
            done = importing.save(document, whose, by=None, leave_standing=leave)
        except opening.Unreadable as unreadable:
            raise CommandError(f"{file}: {unreadable} Nothing was saved.") from None
        except importing.Refused as refused:
            self._refuse(refused.reasons)
        else:
            self.stdout.write(done.summary())

    def _show(self, plan: importing.Plan) -> None:
        whose = plan.whose
        self.stdout.write(f"{whose.treaty.short_name}, {whose.language}, {whose.source.slug}: {plan.form}")
        self.stdout.write(
            f"as {whose.kind.lower()}, {whose.translator}, made from {whose.translated_from or 'not said'}"
        )
        for entry in plan.entries:
            where = f"  line {entry.part.line:>4}  {entry.label:<12}"
            self.stdout.write(f"{where}{entry.step.value:<42}{entry.words:>6} words  {entry.beginning[:60]}")
        for doubt in plan.doubts:
            self.stdout.write(f"check: {doubt}")

    def _refuse(self, reasons: list[str]) -> None:
        if reasons:
            raise CommandError("\n".join([*reasons, "Nothing was saved."]))


def _whose(options: dict[str, Any]) -> importing.Whose:
    made_from = options["translated_from"]
    return importing.whose(
        asked.treaty(options["treaty"]),
        asked.language(options["language"]),
        asked.source(options["source"]),
        kind=asked.kind(options["kind"]),
        translator=asked.translator(options["translator"]),
        translated_from=asked.language(made_from) if made_from else "",
    )


def _bytes(file: Path) -> bytes:
    """The file's bytes, and no more of them than tell that it is too long."""
    try:
        with file.open("rb") as opened:
            data = opened.read(opening.MOST_BYTES + 1)
            size = max(file.stat().st_size, len(data))
    except OSError as error:
        raise opening.Unreadable(f"it cannot be read: {error.strerror or error}.") from None
    if size > opening.MOST_BYTES:
        raise opening.Unreadable(opening.too_long(size))
    return data
