from django.urls import path

from apps.treaties import views

urlpatterns = [
    path("treaties/", views.treaty_list, name="treaties"),
    path("treaties/<slug:slug>/", views.treaty_detail, name="treaty"),
    path("treaties/<slug:slug>/<slug:number>/", views.article_detail, name="article"),
]
