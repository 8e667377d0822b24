"""Addresses of base."""

from __future__ import annotations

from django.urls import URLPattern

from guong.base import sheet

app_name = "base"
urlpatterns: list[URLPattern] = [*sheet.addresses()]
