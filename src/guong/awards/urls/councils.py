"""Addresses of councils and their sessions, below /hoi-dong/."""

from __future__ import annotations

from django.urls import path

from guong.awards.views import ballots, councils, sessions

ONE = "hoi-dong/<int:pk>/"
SESSION = "hoi-dong/phien-hop/<int:pk>/"

urlpatterns = [
    path("hoi-dong/", councils.sessions, name="sessions"),
    path("hoi-dong/moi/", councils.council_new, name="council_new"),
    path(ONE, councils.council, name="council"),
    path(f"{ONE}sua/", councils.council_edit, name="council_edit"),
    path(f"{ONE}thanh-vien/", councils.council_members, name="council_members"),
    path(f"{ONE}thanh-vien/<int:member>/", councils.council_member, name="council_member"),
    path(f"{ONE}phien-hop-moi/", sessions.session_new, name="session_new"),
    path(SESSION, sessions.session, name="session"),
    path(f"{SESSION}sua/", sessions.session_edit, name="session_edit"),
    path(f"{SESSION}buoc/", sessions.session_step, name="session_step"),
    path(f"{SESSION}diem-danh/", sessions.attendance, name="attendance"),
    path(f"{SESSION}rut/", sessions.recuse, name="recuse"),
    path(f"{SESSION}phieu/", ballots.ballot, name="ballot"),
    path(f"{SESSION}khoa/", ballots.keys, name="keys"),
    path(f"{SESSION}ma-niem/", ballots.trackers, name="trackers"),
    path(f"{SESSION}hom-phieu.json", ballots.box_file, name="box_file"),
    path(f"{SESSION}kiem-phieu/", ballots.counting, name="counting"),
    path(f"{SESSION}huy-khoa/", ballots.destroy, name="destroy"),
    path(f"{SESSION}phieu-giay/", ballots.paper, name="paper"),
    path(f"{SESSION}ket-luan/", sessions.conclude, name="conclude"),
    path(f"{SESSION}du-bi/<int:item>/", sessions.reserve, name="reserve"),
    path(f"{SESSION}bien-ban.<str:ending>", sessions.minutes, name="minutes"),
]
