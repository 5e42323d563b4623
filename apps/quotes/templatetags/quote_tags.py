from django import template

from apps.quotes import printings

register = template.Library()
register.filter("in_english", printings.in_english)
