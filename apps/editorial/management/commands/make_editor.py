"""Makes a login for an editor."""

import getpass
import os
import secrets
import sys
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

GROUP = "Editor"


class Command(BaseCommand):
    help = (
        "Makes a login for an editor, or gives an editor who has one a new password. Name and password come from "
        "--name or NAME and from PASSWORD; what is missing is asked for, and a password not given is made and shown "
        "once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", default=os.environ.get("NAME", ""))

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"].strip() or self._ask_name()
        User = get_user_model()
        user = User.objects.filter(username=name).first() or User(username=name)
        known = user.pk is not None
        try:
            User._meta.get_field("username").run_validators(name)
            password, made = self._password(user)
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user.is_staff = True
        user.is_active = True
        user.set_password(password)
        with transaction.atomic():
            user.save()
            try:
                user.groups.add(Group.objects.get(name=GROUP))
            except Group.DoesNotExist as error:
                raise CommandError(f"The group {GROUP} is not there yet: run `manage.py migrate` first.") from error
        self.stdout.write(f"{name} {'has a new password' if known else 'can now log in'} as an editor, at /admin/.")
        if made:
            self.stdout.write(f"Password, shown this once: {password}")

    def _ask_name(self) -> str:
        if not sys.stdin.isatty():
            raise CommandError("Whose login? Say NAME=… (and PASSWORD=…, or one is made).")
        name = input("Name of the editor: ").strip()
        if not name:
            raise CommandError("A login needs a name.")
        return name

    def _password(self, user: Any) -> tuple[str, bool]:
        """The password, and whether it was made here."""
        given = os.environ.get("PASSWORD", "")
        if not given and sys.stdin.isatty():
            given = getpass.getpass("Password (empty: one is made): ")
            if given and getpass.getpass("Once more: ") != given:
                raise CommandError("The two passwords differ; nothing was changed.")
        return (given, False) if given else (secrets.token_urlsafe(15), True)
