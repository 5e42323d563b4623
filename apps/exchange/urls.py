from django.urls import path

from apps.exchange import views

urlpatterns = [
    path("feeds/record.atom", views.record_atom, name="record_atom"),
    path("feeds/timeline.ics", views.timeline_ics, name="timeline_ics"),
    path("feeds/timeline.json", views.timeline_json, name="timeline_json"),
]
