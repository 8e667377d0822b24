"""Addresses of reports."""

from __future__ import annotations

from django.urls import path

from guong.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.index, name="progress"),
    path("ke-hoach/<int:pk>/", views.plan, name="plan"),
    path("ke-hoach/<int:pk>/xlsx/", views.plan_sheet, name="plan_sheet"),
]
