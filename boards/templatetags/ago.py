"""How long ago something was, as people say it: one unit is enough."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

register = template.Library()

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
DAYS_TOLD = 30
"""Older than that, the date says more."""


@register.filter
def ago(moment: datetime) -> str:
    seconds = int((timezone.now() - moment).total_seconds())
    if seconds < MINUTE:
        return gettext("Just now")
    if seconds < HOUR:
        minutes = seconds // MINUTE
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
    if seconds < DAY:
        hours = seconds // HOUR
        return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
    if seconds < DAYS_TOLD * DAY:
        days = seconds // DAY
        return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
    return date_format(moment, "DATE_FORMAT")
