from django.contrib import admin

from apps.comparison.models import ComparisonFinding
from apps.sources.admin import FindingAdmin

admin.site.register(ComparisonFinding, FindingAdmin)
