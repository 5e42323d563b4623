from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from apps.comparison import rows
from apps.comparison.models import ComparisonFinding
from apps.comparison.views.columns import WITH_TOPICS, chosen_treaties, shown_on_phones
from apps.editorial.refusals import unknown
from apps.sources.reading import reading_of, respond
from apps.treaties import reads
from apps.treaties.models import Article, Topic, TopicFinding
from apps.treaties.rules import TopicGroup


def compare(request: HttpRequest) -> HttpResponse:
    """All topics by treaties, with the obligations at a glance; `treaty`, `group` and `one` choose what is shown."""
    reading = reading_of(request)
    treaties = list(reads.treaties_with_acts(reading.at))
    shown = chosen_treaties(request, treaties)
    articles = list(
        Article.objects.readable(reading.at)
        .filter(treaty__in=treaties)
        .select_related("treaty")
        .order_by("treaty__slug", "order")
        .prefetch_related(WITH_TOPICS)
    )
    group = request.GET.get("group", "").strip()
    topics = Topic.objects.published().order_by("position", "slug")
    if group:
        known = {each.value.lower(): each for each in TopicGroup}
        if group not in known:
            raise unknown("group of topics", group, known)
        topics = topics.filter(group=known[group])
    found = {each.topic_id: each for each in reads.correspondences(reading.at)}
    findings: dict[int, TopicFinding] = {}
    for finding in TopicFinding.objects.in_force(reading.at):
        findings.setdefault(finding.topic_id, finding)
    context = {
        "section": "compare",
        "finding": ComparisonFinding.objects.in_force(reading.at).first(),
        "treaties": treaties,
        "shown": shown,
        "one": shown_on_phones(request, shown),
        "parts": rows.obligation_parts(shown, reads.obligations(reading.at), articles),
        "groups": rows.groups(
            rows.topic_row(topic, found.get(topic.pk), shown, articles, findings.get(topic.pk)) for topic in topics
        ),
        "group": group,
        "all_groups": [(each.value.lower(), each.label) for each in TopicGroup],
    }
    return respond(request, "comparison/compare.html", reading, context, fragment="comparison/_results.html")
