from django.apps import AppConfig


class EmbedsConfig(AppConfig):
    name = "apps.embeds"
    default_auto_field = "django.db.models.BigAutoField"
