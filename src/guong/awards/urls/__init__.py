"""Addresses of awards."""

from __future__ import annotations

from guong.awards.urls import councils, decisions, listings, money, nominations

app_name = "awards"
urlpatterns = [
    *nominations.urlpatterns,
    *listings.urlpatterns,
    *councils.urlpatterns,
    *decisions.urlpatterns,
    *money.urlpatterns,
]
