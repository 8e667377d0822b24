"""Numbers of official papers, one series for each issuer, symbol and year (K-07)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from guong.base.models.organisation import Body


class NumberSeries(models.Model):
    """The last number given to a kind of paper in a year. Locked while a number is taken."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("issued by"))
    symbol = models.CharField(_("symbol"), max_length=40)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        verbose_name = _("number series")
        constraints = [models.UniqueConstraint(fields=["body", "symbol", "year"], name="series_once")]
