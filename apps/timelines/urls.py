from django.urls import path

from apps.timelines import views

urlpatterns = [
    path("timeline/", views.timeline, name="timeline"),
    path("timeline/<slug:slug>/", views.curated, name="curated_timeline"),
]
