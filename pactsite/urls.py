"""Every address of the site; an app's own addresses live in its `urls.py`."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
]
