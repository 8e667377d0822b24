"""Addresses anyone may open."""

from __future__ import annotations

from django.urls import path

from guong.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("so-vang/", views.honour_book, name="book"),
    path("kiem-chung/", views.check, name="verify"),
    path("cong-khai/khoa-ky/", views.keys, name="keys"),
    path("cong-khai/khoa-ky.json", views.keys_file, name="keys_file"),
    path("kiem-chung/<str:code>/", views.verify, name="certificate"),
    path("cong-khai/ke-hoach/", views.plan_list, name="plans"),
    path("cong-khai/ke-hoach/<int:pk>/", views.plan, name="plan"),
    path("cong-khai/ke-hoach/<int:pk>/tep/", views.plan_file, name="plan_file"),
]
