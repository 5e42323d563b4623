from django.urls import path

from apps.comparison import views

urlpatterns = [
    path("compare/", views.compare, name="compare"),
    path("compare/<slug:slug>/", views.topic, name="topic"),
    path("treaties/<slug:slug>/<slug:number>/", views.article, name="article"),
]
