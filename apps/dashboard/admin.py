from django.contrib import admin

from apps.dashboard.models import HomeFinding
from apps.sources.admin import FindingAdmin

admin.site.register(HomeFinding, FindingAdmin)
