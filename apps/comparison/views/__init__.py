from apps.comparison.views.article import article
from apps.comparison.views.compare import compare
from apps.comparison.views.topic import topic

__all__ = ["article", "compare", "topic"]
