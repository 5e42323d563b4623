from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    name = "apps.opinions"
    default_auto_field = "django.db.models.BigAutoField"
