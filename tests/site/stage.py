"""A small site: every noun published and tied to every other, as many of each as a test wants."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse

from apps.editorial.models import EditorialModel
from apps.exchange.writing import let_database_count
from apps.opinions.models import Assessment
from apps.treaties.models import Correspondence, Obligation
from apps.treaties.rules import ObligationKind
from tests import factories as make

ONE = {"published": True}


@dataclass
class Stage:
    """The first record of each kind: the one that everything else hangs on."""

    records: dict[str, EditorialModel]
    # For what is planted later: orders and days, each later than all of the stage.
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(50))

    def __getattr__(self, kind: str) -> EditorialModel:
        return self.records[kind]

    def addresses(self) -> dict[str, str]:
        """An address of every route that readers have, by the name of the route."""
        lists = "home timeline compare treaties questions facts quotes people sources corrections about".split()
        lists.append("about_as_of")
        details = "topic treaty article question fact".split()
        return {
            "healthz": reverse("healthz"),
            "readyz": reverse("readyz"),
            "sitemap": reverse("sitemap"),
            "sitemap_section": reverse("sitemap_section", args=["articles"]),
            "robots": reverse("robots"),
            **{name: reverse(name) for name in lists},
            **{name: self.records[name].get_absolute_url() for name in details},
            "by_expert": reverse("questions") + "?by=expert&who=all",
            "curated_timeline": self.timeline.get_absolute_url(),
            "person": self.agent.get_absolute_url(),
            "sides": reverse("quotes") + f"?side={self.agent.slug}&side=RU&topic={self.theme.slug}",
            "source_balance": reverse("source_balance"),
            "quote": self.utterance.get_absolute_url(),
            "source": self.source.get_absolute_url(),
            "search": reverse("search") + "?q=treaty",
            # Asks all that a search may: for a place, words spelt alike, less of it, and names, beside a filter.
            "misspelt": reverse("search") + f"?q=speakar-tretay-zzz&person={self.agent.slug}",
            "suggest": reverse("suggest") + "?q=speaker",
            "changes": reverse("changes") + "?from=2024-06-01",
            **{
                name: reverse(name)
                for name in ("record_atom", "timeline_ics", "timeline_json", "embed", "embed_script")
            },
            "oembed": reverse("oembed") + f"?url=http://testserver{self.question.get_absolute_url()}",
            "embed_accent": reverse("embed_accent", args=["0B4F8A"]),
            **self._widgets(),
        }

    def _widgets(self) -> dict[str, str]:
        shown = {"curated_timeline": self.timeline, "compare": self.topic, "question": self.question}
        found = {}
        for name, record in {"timeline": None, **shown, "quote": self.utterance}.items():
            slug = [record.slug] if record else []
            found[f"embed_{name}"] = reverse(f"embed_{name}", args=slug)
            found[f"status_{name}"] = reverse(f"status_{name}", args=slug) + "?since=2024-07-01"
        return found


def build(n: int) -> Stage:
    """Everything that a page lists, `n` times over: also beneath one agent, one article, one question, one source."""
    publisher = make.AgentFactory(**ONE, name="The Agency", kind="STATE_MEDIA", editor_note="zqnote agent")
    first = make.SourceFactory(**ONE, publisher=publisher, editor_note="zqnote source")
    sources = [first, *(make.SourceFactory(**ONE, publisher=publisher, reported_via=first) for _ in range(n))]
    cited = {**ONE, "cited": sources[:2], "editor_note": "zqnote record"}
    much_cited = {**cited, "cited": sources}
    noted = {**ONE, "editor_note": "zqnote record"}

    agents = [make.AgentFactory(**noted) for _ in range(n)]
    agent = agents[0]
    for number, each in enumerate(agents):
        for k in range(n if number == 0 else 1):
            each.names.create(name=f"김정은 {number} {k}", language="ko")
            each.roles.create(title=f"President {k}", since=f"20{k + 10}", source=first, body=publisher)
    topics = [make.TopicFactory(**noted, position=k) for k in range(n)]

    treaties = [make.TreatyFactory(**cited, slug=slug, article_count=n) for slug in ("1961", "2000", "2024")]
    articles = []
    for treaty in treaties:
        treaty.parties.set([agent, publisher])
        treaty.titles.create(language="ru", title=f"Договор {treaty.slug}")
        for k in range(n):
            kind = ("SIGNATURE", "RATIFICATION", "ENTRY_INTO_FORCE", "PUBLICATION")[k % 4]
            act = make.TreatyActionFactory(**(cited if k else much_cited), treaty=treaty, participant=agent, kind=kind)
            fact = make.ContestedFactFactory(**noted, treaty=treaty, act=act)
            # A fact stands once two values of it are known.
            for _ in range(max(n, 2) if k == 0 else 2):
                make.ValueFactory(**cited, fact=fact)
            article = make.ArticleFactory(**(cited if k else much_cited), treaty=treaty, order=k + 1)
            articles.append(article)
            article.topics.set(topics[:2])
            for source in sources[: n if k == 0 else 1]:
                for language in ("ko", "ru", "en"):
                    make.RenderingFactory(**cited, article=article, language=language, source=source)
        for kind in ObligationKind.values:
            make.ObligationFactory(**cited, treaty=treaty, kind=kind, article=articles[-1])
    article = articles[0]

    for topic in topics:
        correspondence = make.CorrespondenceFactory(**cited, topic=topic)
        for treaty in treaties:
            side = correspondence.sides.create(treaty=treaty, presence="PRESENT")
            side.articles.set([each for each in articles if each.treaty_id == treaty.pk][:n])
        make.TopicFindingFactory(**cited, topic=topic)

    theme, *_ = [make.ThemeFactory(**noted, topic=topic) for topic in topics]
    utterances = []
    for number in range(n):
        utterance = make.UtteranceFactory(**noted, speaker=agent)
        utterance.themes.add(theme)
        utterances.append(utterance)
        for _ in range(n if number == 0 else 1):
            make.QuoteFactory(**cited, utterance=utterance)

    opinions = []
    for number in range(n):
        question = make.QuestionFactory(**noted, position=number)
        question.articles.set(articles[:n])
        question.topics.set(topics)
        position = make.PositionFactory(question=question)
        make.PositionFactory(question=question, off_scale=True)
        for k in range(n if number == 0 else 1):
            make.AssessmentFactory(**cited, question=question, since=f"2024-07-{k + 1:02d}", knowledge="KNOWN")
            opinions.append(
                make.OpinionFactory(**cited, expert=agent, position=position, stated=f"2024-07-{k + 1:02d}")
            )

    events = []
    for _ in range(n):
        event = make.EventFactory(**cited)
        event.people.set(agents)
        event.treaties.set(treaties)
        events.append(event)
        make.ArticleTieFactory(**cited, article=article, event=event)
    for utterance in utterances:
        make.ArticleTieFactory(**cited, article=article, event=None, utterance=utterance)

    for fact in treaties[0].contested_facts.all():
        fact.act_notes.set(treaties[0].acts.all())
        fact.articles.set(articles)
        fact.correspondences.set(Correspondence.objects.all())
        fact.obligations.set(Obligation.objects.all())
        fact.utterances.set(utterances)
        fact.opinions.set(opinions)
        fact.assessments.set(Assessment.objects.all())

    timelines = [make.TimelineFactory(**noted) for _ in range(n)]
    acts = list(treaties[0].acts.all())
    for number, timeline in enumerate(timelines):
        for name, chosen in (("event", events), ("utterance", utterances), ("opinion", opinions), ("act", acts)):
            for place, each in enumerate(chosen[: n if number == 0 else 1]):
                timeline.items.create(position=place, chapter=name, **{name: each})
        make.TimelineFindingFactory(**cited, timeline=timeline)
    make.TimelineFindingFactory(**cited, timeline=None)
    make.ComparisonFindingFactory(**cited)
    make.HomeFindingFactory(**cited).utterances.set(utterances[:2])
    for _ in range(n):
        make.CorrectionFactory()
    if n > 1:
        let_database_count()
    return Stage(
        {
            "source": first,
            "agent": agent,
            "treaty": treaties[0],
            "article": article,
            "act": treaties[0].acts.first(),
            "topic": topics[0],
            "theme": theme,
            "utterance": utterances[0],
            "question": opinions[0].position.question,
            "opinion": opinions[0],
            "fact": treaties[0].contested_facts.first(),
            "event": events[0],
            "timeline": timelines[0],
        }
    )
