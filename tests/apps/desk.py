"""An editor's desk for the tests of the admin: logins, a few records, and forms filled as a browser would send them."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from apps.editorial.rules import Status
from apps.editorial.workflow import move
from apps.quotes.models import Quote, QuoteCitation, Utterance
from apps.sources.models import Agent, Source

AT = dt.datetime(2024, 6, 21, 9, 0, tzinfo=dt.UTC)


def login(group: str) -> Client:
    """A client logged in as a new member of `group`; the user is `client.user`."""
    user = User.objects.create_user(f"a-{group.lower()}", password="words words words", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    client.user = user  # type: ignore[attr-defined]
    return client


def publish(record: Any) -> Any:
    """The record, brought to the public through the workflow."""
    for to in (Status.REVIEW, Status.PUBLISHED):
        move(record, to, by=None, at=AT)
    return record


def an_agent(slug: str = "tass", **columns: Any) -> Agent:
    return Agent.objects.create(**{"slug": slug, "name": slug.title(), "kind": "STATE_MEDIA", **columns})


def a_source(slug: str = "tass-1", **columns: Any) -> Source:
    publisher = columns.pop("publisher", None) or Agent.objects.filter(slug="tass").first() or publish(an_agent())
    return Source.objects.create(
        **{
            "slug": slug,
            "type": "article-newspaper",
            "title": f"Title of {slug}",
            "publisher": publisher,
            "issued": "2024-06-20",
            "language": "en",
            **columns,
        }
    )


def an_utterance(slug: str = "putin-1", **columns: Any) -> Utterance:
    speaker = Agent.objects.filter(slug="putin").first() or publish(
        an_agent("putin", name="Vladimir Putin", kind="PERSON")
    )
    return Utterance.objects.create(
        **{"slug": slug, "speaker": speaker, "said": "2024-06-19", "occasion": f"Occasion of {slug}", **columns}
    )


def a_quote(slug: str = "putin-1-tass", *, sources: list[Source] | None = None, **columns: Any) -> Quote:
    """A draft quote; its utterance is a new draft unless given."""
    utterance = columns.pop("utterance", None) or an_utterance(f"{slug}-said")
    quote = Quote.objects.create(
        **{"slug": slug, "utterance": utterance, "words": f"Words of {slug}.", "language": "en", **columns}
    )
    for place, source in enumerate(sources or [], 1):
        QuoteCitation.objects.create(subject=quote, source=source, position=place)
    return quote


def a_published_quote(slug: str = "putin-1-tass") -> Quote:
    source = Source.objects.filter(slug="tass-1").first() or publish(a_source())
    quote = a_quote(slug, sources=[source])
    publish(quote.utterance)
    return publish(quote)


def address(record: Any, view: str = "change") -> str:
    """Where the admin shows a record, or, for a model, its list or its empty form."""
    opts = record._meta
    arguments = [record.pk] if isinstance(record, models.Model) else []
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{view}", args=arguments)


def filled(response: HttpResponse) -> dict[str, Any]:
    """What the browser would send if the form of `response` were sent back untouched."""
    context: Any = response.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    sent: dict[str, Any] = {}
    for form in forms:
        for field in form:
            _fill(sent, field)
    return sent


def _fill(sent: dict[str, Any], field: Any) -> None:
    value = field.value()
    if isinstance(value, dt.datetime):
        sent[f"{field.html_name}_0"], sent[f"{field.html_name}_1"] = f"{value:%Y-%m-%d}", f"{value:%H:%M:%S}"
    elif value is True:
        sent[field.html_name] = "on"
    elif isinstance(value, (list, tuple)):
        sent[field.html_name] = [getattr(each, "pk", each) for each in value]
    elif value is not None and value is not False:
        sent[field.html_name] = value


def send(client: Client, record: Any, view: str = "change", **words: Any) -> HttpResponse:
    """Open the form of `record` (a record, or a model with `view="add"`), change `words` in it and send it."""
    where = address(record, view)
    return client.post(where, {**filled(client.get(where)), **words})


def told(response: HttpResponse) -> list[str]:
    """The messages that the next page shows."""
    return [str(message) for message in response.wsgi_request._messages]  # type: ignore[attr-defined]


def faults(response: HttpResponse) -> dict[str, list[str]]:
    """The form errors of a page by field, those of inlines under `prefix-number-field` or the prefix alone."""
    context: Any = response.context
    found = {name: list(errors) for name, errors in context["adminform"].form.errors.items()}
    for inline in context["inline_admin_formsets"]:
        for form in inline.formset.forms:
            found |= {f"{form.prefix}-{name}": list(errors) for name, errors in form.errors.items()}
        if inline.formset.non_form_errors():
            found[inline.formset.prefix] = list(inline.formset.non_form_errors())
    return found
