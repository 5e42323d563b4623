from django.urls import path

from apps.embeds import views
from apps.embeds.widgets import Kind

urlpatterns = [
    path("embed/", views.build, name="embed"),
    path("oembed/", views.provider, name="oembed"),
    path("embed/timeline/", views.widget, {"kind": Kind.TIMELINE}, name="embed_timeline"),
    path("embed/timeline/<slug:slug>/", views.widget, {"kind": Kind.TIMELINE}, name="embed_curated_timeline"),
    path("embed/compare/<slug:slug>/", views.widget, {"kind": Kind.COMPARE}, name="embed_compare"),
    path("embed/question/<slug:slug>/", views.widget, {"kind": Kind.QUESTION}, name="embed_question"),
    path("embed/quote/<slug:slug>/", views.widget, {"kind": Kind.QUOTE}, name="embed_quote"),
    path("embed/timeline/status.json", views.changes, {"kind": Kind.TIMELINE}, name="status_timeline"),
    path(
        "embed/timeline/<slug:slug>/status.json",
        views.changes,
        {"kind": Kind.TIMELINE},
        name="status_curated_timeline",
    ),
    path("embed/compare/<slug:slug>/status.json", views.changes, {"kind": Kind.COMPARE}, name="status_compare"),
    path("embed/question/<slug:slug>/status.json", views.changes, {"kind": Kind.QUESTION}, name="status_question"),
    path("embed/quote/<slug:slug>/status.json", views.changes, {"kind": Kind.QUOTE}, name="status_quote"),
    path("embed/accent/<str:digits>.css", views.accent, name="embed_accent"),
    path("embed/pact-embed.js", views.script, name="embed_script"),
    path("embed/<path:rest>", views.nothing),
]
