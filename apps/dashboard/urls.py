from django.contrib.sitemaps import views as sitemaps
from django.urls import path

from apps.dashboard import balance, changes, people, quotes, views
from apps.dashboard.sitemap import SECTIONS, robots

urlpatterns = [
    path("", views.home, name="home"),
    path("people/", people.people, name="people"),
    path("people/<slug:slug>/", people.person, name="person"),
    path("quotes/", quotes.quote_list, name="quotes"),
    path("quotes/<slug:slug>/", quotes.quote_detail, name="quote"),
    # Before the page of a source, which may not be called so.
    path("sources/balance/", balance.balance, name="source_balance"),
    path("corrections/", views.corrections, name="corrections"),
    path("changes/", changes.changes, name="changes"),
    path("about/", views.about, name="about"),
    path("about/as-of/", views.about_as_of, name="about_as_of"),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SECTIONS, "sitemap_url_name": "sitemap_section"}, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, {"sitemaps": SECTIONS}, name="sitemap_section"),
    path("robots.txt", robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
