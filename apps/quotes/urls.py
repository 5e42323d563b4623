from django.urls import path

from apps.quotes import views

urlpatterns = [
    path("quotes/", views.quote_list, name="quotes"),
    path("quotes/<slug:slug>/", views.quote_detail, name="quote"),
]
