"""The words on record of a treaty, in one language from one source, as Akoma Ntoso."""

from __future__ import annotations

from datetime import date

from apps.editorial.models import public_q
from apps.editorial.rules import Status
from apps.exchange.texts import akoma_writing
from apps.exchange.texts.akoma_writing import About, Body
from apps.exchange.texts.document import Part, normal
from apps.exchange.texts.importing import Refused
from apps.sources.citing import chicago
from apps.sources.models import Agent, Source
from apps.sources.templatetags.record import language as language_name
from apps.treaties.models import Rendering, Treaty, TreatyTitle
from apps.treaties.rules import ActKind, Extent, RenderingKind


def export(treaty: Treaty, language: str, source: Source, *, drafts: bool, made: date) -> bytes:
    """The file, made on the day `made`: what is published, or with `drafts` all that has not been withdrawn.

    Raises Refused when there are no words to write.
    """
    rows = Rendering.objects.filter(article__treaty=treaty, language=language, source=source)
    if drafts:
        rows = rows.exclude(status=Status.WITHDRAWN)
    else:
        rows = rows.shown(None)
    found = list(rows.select_related("article").order_by("article__order"))
    if not found:
        raise Refused([_nothing(treaty, language, source, drafts)])
    parts = [
        Part(row.article.number, normal(row.text), 0, whole=row.extent == Extent.WHOLE) for row in found if row.text
    ]
    return akoma_writing.write(_about(treaty, language, source, found, drafts=drafts), parts, made=made)


def _about(treaty: Treaty, language: str, source: Source, rows: list[Rendering], *, drafts: bool) -> About:
    acts = treaty.acts.filter(kind=ActKind.SIGNATURE)
    parties = treaty.parties.order_by("name")
    if not drafts:
        acts, parties = acts.filter(public_q()), parties.filter(public_q())
    signature = acts.order_by("happened_earliest").first()
    title = TreatyTitle.objects.filter(treaty=treaty, language=language).first()
    kinds = dict.fromkeys(f"{row.get_kind_display()}, {row.translator}" for row in rows)
    return About(
        treaty=treaty.slug,
        title=title.title if title else treaty.title,
        signed=signature.happened_earliest.date() if signature else None,
        parties=tuple(map(_body, parties)),
        article_count=treaty.article_count,
        language=language,
        publisher=_body(source.publisher),
        reference=chicago(source),
        issued=source.issued_latest.date() if source.issued_latest else None,
        authentic=all(row.kind == RenderingKind.AUTHENTIC for row in rows),
        translated_from=next((row.translated_from for row in rows if row.translated_from), ""),
        whose="; ".join(kinds),
        drafts=any(row.status != Status.PUBLISHED for row in rows),
    )


def _body(agent: Agent) -> Body:
    return Body(agent.slug, agent.name)


def _nothing(treaty: Treaty, language: str, source: Source, drafts: bool) -> str:
    known = Rendering.objects.filter(article__treaty=treaty, language=language)
    known = known.exclude(status=Status.WITHDRAWN) if drafts else known.shown(None)
    slugs = known.order_by("source__slug").values_list("source__slug", flat=True).distinct()
    which = "No words" if drafts else "No published words"
    return (
        f"{which} of the {treaty.short_name} in {language_name(language)} from “{source.slug}” are on record; "
        f"sources that give some: {', '.join(slugs) or 'none'}."
    )
