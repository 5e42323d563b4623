from django.urls import path

from apps.treaties import views

urlpatterns = [
    path("treaties/", views.treaty_list, name="treaties"),
    path("treaties/<slug:slug>/", views.treaty_detail, name="treaty"),
]
