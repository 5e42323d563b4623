from django import template

from apps.quotes.models import Quote

register = template.Library()


@register.filter
def in_english(printings: list[Quote]) -> Quote:
    """The most official printing in English, for an English page; the most official of all where there is none."""
    return next((quote for quote in printings if quote.language == "en"), printings[0])
