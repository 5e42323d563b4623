"""`manage.py make_editor` makes logins that can edit, and only those."""

import io

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.base import CommandError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_at_the_keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    for name in ("NAME", "PASSWORD"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def editors() -> Group:
    return Group.objects.get_or_create(name="Editor")[0]


def run(*arguments: str) -> str:
    said = io.StringIO()
    call_command("make_editor", *arguments, stdout=said)
    return said.getvalue()


def test_a_password_not_given_is_made_and_shown_once(editors: Group) -> None:
    password = run("--name", "marina").split("shown this once: ")[1].strip()
    user = User.objects.get(username="marina")
    assert user.check_password(password)
    assert user.is_staff
    assert not user.is_superuser
    assert list(user.groups.all()) == [editors]


def test_a_given_password_is_not_shown(editors: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "marina")
    monkeypatch.setenv("PASSWORD", "a long enough secret")
    assert "a long enough secret" not in run()
    assert User.objects.get(username="marina").check_password("a long enough secret")


def test_an_editor_who_has_a_login_gets_a_new_password(editors: Group) -> None:
    run("--name", "marina")
    before = User.objects.get(username="marina").password
    assert "has a new password" in run("--name", "marina")
    assert User.objects.get(username="marina").password != before


def test_a_weak_password_is_refused_and_nothing_saved(editors: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSWORD", "12345")
    with pytest.raises(CommandError, match="too short"):
        run("--name", "marina")
    assert not User.objects.exists()


def test_without_a_name_and_a_keyboard_it_says_what_to_give(editors: Group) -> None:
    with pytest.raises(CommandError, match="NAME="):
        run()


def test_a_name_that_cannot_be_one_is_refused(editors: Group) -> None:
    with pytest.raises(CommandError, match="valid username"):
        run("--name", "two words")
    assert not User.objects.exists()
