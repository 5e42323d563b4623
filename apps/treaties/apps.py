from django.apps import AppConfig


class TreatiesConfig(AppConfig):
    name = "apps.treaties"
    default_auto_field = "django.db.models.BigAutoField"
