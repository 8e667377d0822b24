"""Addresses of the shell: home, search, login."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "site"
urlpatterns: list[URLPattern] = []
