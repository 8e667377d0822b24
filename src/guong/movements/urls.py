"""Addresses of movements."""

from __future__ import annotations

from django.urls import path

from guong.movements.views import movements, writing

app_name = "movements"
urlpatterns = [
    path("", movements.movement_list, name="list"),
    path("<int:pk>/", movements.movement, name="movement"),
    path("<int:pk>/phat-dong/", writing.launch, name="launch"),
    path("<int:pk>/chuong-trinh/", writing.add_programme, name="add_programme"),
    path("<int:pk>/thoi-diem-xet/", writing.window, name="window"),
    path("<int:pk>/giao-chi-tieu/", writing.open_quota, name="open_quota"),
    path("<int:pk>/nhiem-vu-trong-tam/", writing.tags, name="tags"),
    path("chi-tieu/<int:pk>/", writing.quota, name="quota"),
    path("lan-phat-dong/<int:pk>/", writing.correct_launch, name="correct_launch"),
    path("lan-phat-dong/<int:pk>/tep/", writing.launch_file, name="launch_file"),
]
