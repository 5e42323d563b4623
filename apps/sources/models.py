from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache, reduce
from operator import or_
from typing import Any, ClassVar, Self

import pghistory
import pgtrigger
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.urls import reverse

from apps.editorial.fields import EdtfField, bound, bounds_in_order
from apps.editorial.models import EditorialModel, EditorialQuerySet, describe, public_q
from apps.editorial.rules import Status
from apps.sources.rules import RESERVED_SLUGS, AgentKind, Locator, Relation, SourceType, normal_url


def issued_by_q(known_by: datetime | None, prefix: str = "") -> Q:
    """A published source that had certainly been issued by `known_by` (UTC); with None, any published source."""
    q = public_q(prefix)
    return q if known_by is None else q & Q(**{f"{prefix}issued_latest__lte": known_by})


class UrlField(models.URLField):
    """An address kept in its normal form, so that uniqueness means one page."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if not value:
            return None
        try:
            return normal_url(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return normal_url(value) if value else None


class AgentQuerySet(EditorialQuerySet):
    def named(self, name: str) -> Self:
        """Agents that carry `name`, in any script or spelling on record (case does not matter)."""
        return self.filter(Q(name__iexact=name) | Q(names__name__iexact=name)).distinct()

    def called(self, words: str) -> Self:
        """Agents of whose names, in any script or spelling on record, one holds `words` (case does not matter)."""
        spelt = AgentName.objects.filter(agent=OuterRef("pk"), name__icontains=words)
        return self.filter(Q(name__icontains=words) | Exists(spelt))

    def people(self) -> Self:
        return self.filter(kind__in=[AgentKind.PERSON, AgentKind.GROUP])

    def on_record(self, at: datetime | None) -> Self:
        """Published agents of whom something was readable by `at` (UTC; None means whenever); others have no page.

        They published a source, held a role that a source states, or are named by any noun that readers come to know
        at a moment: they spoke, concluded, took part in an event or in a treaty's life, are party to a treaty.
        """
        published = Source.objects.issued_by(at).filter(publisher=OuterRef("pk"))
        roles = AgentRole.objects.filter(issued_by_q(at, "source__"), agent=OuterRef("pk"))
        readable = Exists(published) | Exists(roles)
        for relation in self.model._meta.related_objects:
            naming = relation.related_model._default_manager.all()
            if isinstance(naming, KnownQuerySet):
                readable |= Exists(naming.shown(at).filter(**{relation.field.name: OuterRef("pk")}))
        return self.published().filter(readable)


@pghistory.track()
class Agent(EditorialModel):
    """A person or a body: leaders, officials, experts, states, agencies, ministries, newspapers, institutes."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200, help_text="The name used on this site, in Latin letters.")
    short_name = models.CharField(
        max_length=28,
        blank=True,
        help_text="For citation chips, at most 28 characters; empty when the name is short.",
    )
    kind = models.CharField(
        max_length=20,
        choices=AgentKind.choices,
        help_text="What it is, not what it says. State media: owned or directed by a state. See /about/.",
    )
    country = models.CharField(
        max_length=2,
        blank=True,
        help_text="ISO 3166-1 code of where it sits (RU, KP, KR, US …); SU for the Soviet Union.",
    )
    description = models.CharField(max_length=300, blank=True, help_text="One neutral line, in our words.")

    objects = AgentQuerySet.as_manager()

    class Meta(EditorialModel.Meta):
        constraints = [
            *EditorialModel.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=AgentKind.values), name="sources_agent_kind_known"),
            models.CheckConstraint(
                condition=Q(country="") | Q(country__regex="^[A-Z]{2}$"),
                name="sources_agent_country_code",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.slug])

    @property
    def label(self) -> str:
        """The name as a chip prints it."""
        return self.short_name or self.name


@pghistory.track()
class AgentName(models.Model):
    """A further spelling of an agent's name: another script, another romanisation."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=8, help_text="ko, ru, en … (ko-Latn for a romanisation).")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "name"], name="sources_agentname_once_per_agent")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class AgentRole(models.Model):
    """An office or affiliation an agent held, from and until as far as sources show."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="roles")
    title = models.CharField(max_length=200)
    body = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="held_by")
    since = EdtfField(blank=True)
    since_earliest = bound(null=True)
    since_latest = bound(null=True)
    until = EdtfField(blank=True)
    until_earliest = bound(null=True)
    until_latest = bound(null=True)
    source = models.ForeignKey(
        "Source",
        on_delete=models.PROTECT,
        related_name="roles",
        help_text="Where the role is stated.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agent", "title", "since"], name="sources_agentrole_once"),
            models.CheckConstraint(
                condition=Q(since_earliest=None)
                | Q(until_latest=None)
                | Q(since_earliest__lte=models.F("until_latest")),
                name="sources_agentrole_since_before_until",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SourceQuerySet(EditorialQuerySet):
    def issued_by(self, known_by: datetime | None) -> Self:
        """Published sources that had certainly been issued by `known_by` (UTC); None means whenever."""
        return self.filter(issued_by_q(known_by))

    def for_chips(self) -> Self:
        """Sources with all that a citation chip and its full reference print."""
        return self.select_related("publisher", "reported_via__publisher")


@pghistory.track()
class Source(EditorialModel):
    """One bibliographic item, in the terms of CSL. The publisher is the original one, never a mirror."""

    slug = models.SlugField(max_length=120, unique=True)
    type = models.CharField(max_length=24, choices=SourceType.choices)
    title = models.CharField(max_length=400)
    title_is_description = models.BooleanField(
        default=False,
        help_text="Tick when the title is our description because the item's own title was not seen.",
    )
    publisher = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        related_name="published_sources",
        help_text=(
            "Who first published it: an agency, ministry, newspaper, journal, institute. Never a mirror or a repost."
        ),
    )
    byline = models.CharField(max_length=300, blank=True, help_text="Author or agency as printed.")
    authors = models.CharField(
        max_length=300,
        blank=True,
        help_text=(
            "The people of the byline as catalogues sort them: “DePetris, Daniel; Cha, Victor”. A name that begins "
            "with the family name has no comma: “Kim Jong Un”. Empty for agencies, and where it is not certain which "
            "part is the family name."
        ),
    )
    container_title = models.CharField(max_length=300, blank=True, help_text="Journal, series or book it stands in.")
    issued = EdtfField(
        blank=True,
        help_text="When readers could first read it. With the hour and zone if known.",
    )
    issued_earliest = bound(null=True)
    issued_latest = bound(null=True)
    language = models.CharField(max_length=8, help_text="ISO 639 code: en, ru, ko …")
    url = UrlField(
        max_length=600,
        null=True,
        blank=True,
        unique=True,
        help_text="The original address; empty when not known.",
    )
    archive_url = UrlField(
        max_length=600,
        null=True,
        blank=True,
        help_text="A copy kept by a public archive.",
    )
    reported_via = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reports",
        help_text="The source through which this one is known, when it was not itself seen.",
    )
    note = models.TextField(blank=True, help_text="Public: how it is known, how its date was inferred.")

    objects = SourceQuerySet.as_manager()

    class Meta(EditorialModel.Meta):
        constraints = [
            *EditorialModel.Meta.constraints,
            bounds_in_order("issued", "sources_source"),
            models.CheckConstraint(
                condition=Q(type__in=SourceType.values),
                name="sources_source_type_is_csl",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="sources_source_has_title"),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS),
                name="sources_source_slug_is_free",
                violation_error_message="This slug is the address of a page about all sources; choose another.",
            ),
            models.CheckConstraint(
                condition=Q(reported_via=None) | ~Q(reported_via=models.F("id")),
                name="sources_source_not_via_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher.label}, {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.slug])

    def is_readable(self, at: datetime | None) -> bool:
        """Whether readers could see this source by `at` (UTC; None means whenever), without asking the database."""
        issued = at is None or (self.issued_latest is not None and self.issued_latest <= at)
        return self.status == Status.PUBLISHED and issued

    def known_through(self, at: datetime | None) -> Source | None:
        """The source through which this one is known, if readers could see that one by `at`."""
        via = self.reported_via
        return via if via and via.is_readable(at) else None

    def blockers(self, to: str) -> list[str]:
        reasons = super().blockers(to)
        if to == Status.PUBLISHED and self.publisher.status != Status.PUBLISHED:
            reasons.append(f"Publish its publisher first: the {describe(self.publisher)}.")
        if to == Status.PUBLISHED and self.reported_via and self.reported_via.status != Status.PUBLISHED:
            reasons.append(f"Publish first the source through which it is known: the {describe(self.reported_via)}.")
        return reasons

    def public_dependants(self) -> list[EditorialModel]:
        cited = [
            citation.subject
            for table in citation_models()
            for citation in table.objects.filter(public_q("subject__"), source=self)
            .select_related("subject")
            .order_by("pk")
        ]
        return list(dict.fromkeys([*super().public_dependants(), *cited]))


class KnownQuerySet(EditorialQuerySet):
    """Records that readers come to know at a moment, by what was printed until then."""

    def known_by(self, at: datetime | None) -> Self:
        """Records known by `at` (UTC); None means whenever."""
        raise NotImplementedError

    def shown(self, at: datetime | None) -> Self:
        """Published records known by `at` whose own page answers then.

        A noun that stands on the page of another narrows it to the pages that there are.
        """
        return self.published().known_by(at)


class CitedQuerySet(KnownQuerySet):
    """Records that rest on citations; the citation table is reached as `citations`."""

    def known_by(self, at: datetime | None) -> Self:
        """Records with a citation of a published source certainly issued by `at` (UTC); None means whenever."""
        return self.filter(_cited_by(self.model, at))

    def with_citations(self, *, known_by: datetime | None) -> Self:
        """Prefetch each record's public citations as of one moment, so that no later source leaks in as a footnote.

        They stand in `public_citations`, a list in the editor's order.
        """
        return self.prefetch_related(
            Prefetch(
                "citations",
                queryset=citations_for(self.model, known_by),
                to_attr="public_citations",
            )
        )

    def readable(self, at: datetime | None) -> Self:
        """What a page shows as of `at`: published, known by then, and with the citations of then."""
        return self.shown(at).with_citations(known_by=at)

    def citing(self, at: datetime | None) -> Self:
        """The records of `readable`, with only the keys of the sources they cite, in `cited_ids`.

        For pages on which many nouns stand: `cite_together` then gives all of them their citations.
        """
        return self.shown(at).annotate(cited_ids=cited_keys(self.model, at))


@lru_cache(maxsize=256)
def _cited_by(model: type[models.Model], at: datetime | None) -> Exists:
    citations: Any = model._meta.get_field("citations").related_model
    return Exists(citations.objects.filter(issued_by_q(at, "source__"), subject=OuterRef("pk")))


@lru_cache(maxsize=256)
def shown_keys(model: type[models.Model], at: datetime | None, column: str = "pk") -> models.QuerySet:
    """The keys of what is `shown` of `model`, or what it names in `column`: a part of many queries, built once."""
    manager: Any = model._default_manager
    return manager.shown(at).values(column)


def cited_keys(model: type[models.Model], at: datetime | None, subject: str = "pk") -> ArraySubquery:
    """The keys of the sources that a record of `model`, whose own key is `subject`, cites as of `at`, in order."""
    table: Any = model._meta.get_field("citations").related_model
    cited = table.objects.filter(issued_by_q(at, "source__"), subject=OuterRef(subject))
    return ArraySubquery(cited.order_by("position", "pk").values("source_id"))


def cite_together(records: Iterable[CitedModel]) -> None:
    """Give records that `citing` read, of whatever nouns, their `public_citations`: one query for all their sources.

    The citations say which source they cite and of what, and nothing of the place in it.
    """
    records = list(records)
    wanted = {pk for record in records for pk in record.cited_ids}
    sources = Source.objects.for_chips().in_bulk(wanted)
    for record in records:
        table = record._meta.get_field("citations").related_model
        record.public_citations = [table(subject=record, source=sources[pk]) for pk in dict.fromkeys(record.cited_ids)]


def citations_for(model: type[models.Model], known_by: datetime | None) -> models.QuerySet:
    """The citations of `model` that a reader may see as of `known_by`, each with its full reference loaded."""
    table = model._meta.get_field("citations").related_model
    return (
        table.objects.filter(issued_by_q(known_by, "source__"))
        .select_related("source__publisher", "source__reported_via__publisher")
        .order_by("position", "pk")
    )


class CitedModel(EditorialModel):
    """A record that says something of the world and so must rest on at least one published source."""

    label_relations: ClassVar[tuple[str, ...]] = ()
    """The relations that `__str__` and `get_absolute_url` follow, for select_related wherever records are listed."""

    holds_from: ClassVar[str] = ""
    """The column of the instant before which no page shows it, whatever was printed earlier."""

    objects = CitedQuerySet.as_manager()

    class Meta(EditorialModel.Meta):
        abstract = True

    @property
    def first_known(self) -> datetime | None:
        """When the first of the `public_citations` that a page has read was printed; None where none has a date."""
        printed = (citation.source.issued_latest for citation in self.public_citations)
        return min((each for each in printed if each), default=None)

    def blockers(self, to: str) -> list[str]:
        reasons = super().blockers(to)
        if to == Status.PUBLISHED:
            # Whoever moves many records has prefetched them.
            sources = [citation.source for citation in self.citations.all()]
            if not sources:
                reasons.append("Nothing without a source: add at least one citation.")
            elif not any(source.status == Status.PUBLISHED for source in sources):
                reasons.append(
                    f"None of its sources is published yet. Publish first: {'; '.join(map(describe, sources))}."
                )
        return reasons


class KeepLastCitation(pgtrigger.Trigger):
    """Refuses, when the transaction ends, a published record that has lost its last citation of a published source."""

    def __init__(self) -> None:
        super().__init__(
            name="keep_last_citation",
            when=pgtrigger.After,
            operation=pgtrigger.Delete | pgtrigger.Update,
            timing=pgtrigger.Deferred,
        )

    def get_func(self, model: type[models.Model]) -> str:
        subject = model._meta.get_field("subject").related_model._meta.db_table
        return f"""
            IF EXISTS (SELECT 1 FROM "{subject}" WHERE id = OLD.subject_id AND status = 'PUBLISHED')
               AND NOT EXISTS (
                   SELECT 1 FROM "{model._meta.db_table}" c JOIN sources_source s ON s.id = c.source_id
                   WHERE c.subject_id = OLD.subject_id AND s.status = 'PUBLISHED')
            THEN
                RAISE EXCEPTION 'A published record must keep a citation of a published source ({subject} %)', OLD.subject_id
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """  # noqa: E501, S608


class Citation(models.Model):
    """That a source bears on a record, and where in the source. Each cited model has its own concrete table."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="%(app_label)s_%(class)ss")
    relation = models.CharField(max_length=10, choices=Relation.choices, default=Relation.EVIDENCE)
    label = models.CharField(
        max_length=12,
        choices=Locator.choices,
        blank=True,
        help_text="What the locator counts.",
    )
    locator = models.CharField(
        max_length=80,
        blank=True,
        help_text="Where in the source. Text, because pages are not numbers: “xii”, “4–5”, “A1”.",
    )
    exact = models.TextField(blank=True, help_text="The exact words relied on, as the source prints them.")
    position = models.PositiveSmallIntegerField(default=0, help_text="Lower stands first.")

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "source", "relation", "locator"],
                name="%(app_label)s_%(class)s_once_per_place",
            ),
            models.CheckConstraint(
                condition=Q(locator="", label="") | (~Q(locator="") & ~Q(label="")),
                name="%(app_label)s_%(class)s_locator_has_label",
            ),
        ]
        triggers = [KeepLastCitation()]

    def __str__(self) -> str:
        return str(self.source)


@dataclass(frozen=True)
class First:
    """Of cited records only what each was first known by; by a field that several share, the first of those.

    For what a page counts, names or links without citing it: no further source of it changes the page.
    """

    records: models.QuerySet
    by: str = "pk"


@dataclass(frozen=True)
class Leading:
    """Of cited records only so many citations each as stood first when they were printed, in the editors' order."""

    records: models.QuerySet
    most: int


class _Each(models.Func):
    """A row for each of several values of a row."""

    function = "UNNEST"
    template = "%(function)s(ARRAY[%(expressions)s])"
    output_field = models.BigIntegerField()
    set_returning = True


def bearing_on(records: Sequence[models.QuerySet | First | Leading]) -> Q:
    """The sources that bear on published records, of whatever moment: that they cite or rest on, or that they are.

    A source known through another bears on them with that one too, if it came later, because citations name it.
    Without records: those that anything published cites.
    """
    if not records:
        subject = public_q("subject__")
        cited = (table.objects.filter(subject, source=OuterRef("pk")) for table in citation_models())
        return reduce(or_, (Q(Exists(each)) for each in cited))
    # As text: of a query inside a query Django copies every part, which takes longer than to write it.
    texts, values = [], []
    for each in records:
        with suppress(EmptyResultSet):
            text, given = _bearing(each)
            texts.append(text)
            values += given
    return Q(pk__in=RawSQL(" UNION ALL ".join(texts), values) if texts else [])  # noqa: S611


def _bearing(asked: models.QuerySet | First | Leading) -> tuple[str, tuple]:
    """The query for the keys of the sources that bear on records of one kind, with its values."""
    each = asked if isinstance(asked, models.QuerySet) else asked.records
    public = (each.published() if isinstance(each, EditorialQuerySet) else each).order_by()
    if each.model is Source:
        return _foremost(public, asked).values("pk").query.sql_with_params()
    if not issubclass(each.model, CitedModel):
        return public.values("source").query.sql_with_params()
    before, first, after, last = _told(each.model, getattr(asked, "by", None), getattr(asked, "most", None))
    text, values = public.values("pk").query.sql_with_params()
    return f"{before}({text}){after}", (*first, *values, *last)


def _foremost(sources: models.QuerySet, asked: models.QuerySet | First | Leading) -> models.QuerySet:
    """Of sources, where the first are asked for, those that no earlier published one of the same precedes."""
    if not isinstance(asked, First):
        return sources
    same = {asked.by: OuterRef(asked.by)}
    return sources.filter(
        ~Exists(Source.objects.published().filter(issued_latest__lt=OuterRef("issued_latest"), **same))
    )


@cache
def _told(model: type[CitedModel], by: str | None, most: int | None) -> tuple[str, tuple, str, tuple]:
    """The query for the keys of the sources that records of `model` cite, those that `First` or `Leading` ask for.

    Written once: what stands before the query for the keys of these records, and its values; what stands after it.
    """
    telling = _telling(model, by, most).filter(subject__in=RawSQL("records", []))
    if by:
        query = telling.values("source").query
    else:
        later = Q(source__issued_latest__lt=models.F("source__reported_via__issued_latest"))
        through = models.Case(models.When(public_q("source__") & later, then="source__reported_via"))
        query = telling.values(told=_Each("source", through)).query
    text, values = query.sql_with_params()
    before, _, after = text.partition("(records)")
    given = before.count("%s")
    return before, values[:given], after, values[given:]


def _telling(model: type[CitedModel], by: str | None, most: int | None) -> models.QuerySet:
    """The citations by records of `model` that a page shows, of whatever moment: all, the first, or the leading.

    What holds from an instant on shows nothing of what was printed before it.
    """
    table: Any = model._meta.get_field("citations").related_model
    showing: models.QuerySet = table.objects.all()
    if model.holds_from:
        showing = showing.filter(source__issued_latest__gte=models.F(f"subject__{model.holds_from}"))
    public = showing.filter(public_q("source__"), public_q("subject__"))
    if by:
        same = f"subject__{by}"
        earlier = public.filter(source__issued_latest__lt=OuterRef("source__issued_latest"), **{same: OuterRef(same)})
        return showing.filter(~Exists(earlier))
    if most:
        before = public.filter(
            Q(position__lt=OuterRef("position")) | Q(position=OuterRef("position"), pk__lt=OuterRef("pk")),
            subject=OuterRef("subject"),
            source__issued_latest__lte=OuterRef("source__issued_latest"),
        )
        number = before.order_by().values("subject").annotate(n=models.Count("pk")).values("n")
        return showing.alias(before=Coalesce(models.Subquery(number), 0)).filter(before__lt=most)
    return showing


class FindingQuerySet(CitedQuerySet):
    def shown(self, at: datetime | None) -> Self:
        found = super().shown(at)
        return found if at is None else found.filter(since_earliest__lte=at)

    def in_force(self, at: datetime | None) -> Self:
        """Readable findings that had begun by `at` (UTC), latest first; None means all."""
        return self.readable(at).order_by("-since_earliest", "-pk")


class Finding(CitedModel):
    """A heading or lead that states something, in our words, from an instant on; marked as ours wherever it stands.

    Each owner has its own concrete table; the finding of a moment is the latest that began and was known
    by then.
    """

    slug = models.SlugField(max_length=100, unique=True)
    since = EdtfField(help_text="From when it holds; the page as of an earlier moment shows an earlier finding.")
    since_earliest = bound()
    since_latest = bound()
    heading = models.CharField(max_length=200)
    lead = models.TextField(blank=True)

    holds_from = "since_earliest"

    objects = FindingQuerySet.as_manager()

    class Meta(CitedModel.Meta):
        abstract = True
        constraints = [
            *CitedModel.Meta.constraints,
            bounds_in_order("since", "%(app_label)s_%(class)s"),
        ]

    def __str__(self) -> str:
        return self.heading


def citation_models() -> list[type[Citation]]:
    """Every concrete citation table of the site."""
    from django.apps import apps

    return [model for model in apps.get_models() if issubclass(model, Citation)]
