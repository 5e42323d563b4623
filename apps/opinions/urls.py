from django.urls import path

from apps.opinions import views

urlpatterns = [
    path("questions/", views.question_list, name="questions"),
    path("questions/<slug:slug>/", views.question_detail, name="question"),
    path("facts/", views.fact_list, name="facts"),
    path("facts/<slug:slug>/", views.fact_detail, name="fact"),
]
