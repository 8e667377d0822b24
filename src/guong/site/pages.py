"""Addresses of the shell: home, search, login, password, language."""

from __future__ import annotations

from django.urls import path

from guong.site import home, login, search

app_name = "site"
urlpatterns = [
    path("viec/", home.home, name="home"),
    path("tim/", search.search, name="search"),
    path("dang-nhap/", login.login, name="login"),
    path("dang-xuat/", login.logout, name="logout"),
    path("mat-khau/", login.password, name="password"),
    path("ngon-ngu/", login.language, name="language"),
]
