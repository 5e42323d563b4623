"""What the templates of widgets ask of the options that an embedder chose."""

from django import template

register = template.Library()


@register.filter
def below(level: int) -> int:
    """The heading level under another; under the last one stands the last one again."""
    return min(level + 1, 6)
