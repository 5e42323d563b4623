"""Every address of the site; an app's own addresses live in its `urls.py`."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("apps.dashboard.urls")),
    path("", include("apps.timelines.urls")),
    path("", include("apps.comparison.urls")),
    path("", include("apps.treaties.urls")),
    path("", include("apps.opinions.urls")),
    path("", include("apps.sources.urls")),
    path("", include("apps.search.urls")),
    path("", include("apps.embeds.urls")),
    path("", include("apps.exchange.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "apps.dashboard.views.bad_request"
handler404 = "apps.dashboard.views.not_found"
handler500 = "apps.dashboard.views.server_error"
