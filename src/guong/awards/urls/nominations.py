"""Addresses of nominations."""

from __future__ import annotations

from django.urls import path

from guong.awards.views import nominating, nomination_list, nominations, repeats

ONE = "de-nghi/<int:pk>/"
urlpatterns = [
    path("de-nghi/", nomination_list.nomination_list, name="list"),
    path("de-nghi/danh-sach.xlsx", nomination_list.nomination_sheet, name="list_sheet"),
    path("de-nghi/chung/", nomination_list.many, name="many"),
    path("de-nghi/moi/", nominating.choose, name="new"),
    path("de-nghi/moi/<int:movement>/nguoi/<int:work>/", nominating.new_person, name="new_person"),
    path("de-nghi/moi/<int:movement>/tap-the/<int:body>/", nominating.new_collective, name="new_collective"),
    path(ONE, nominations.nomination, name="nomination"),
    path(f"{ONE}sua/", nominating.edit, name="edit"),
    path(f"{ONE}buoc/", nominations.nomination_step, name="nomination_step"),
    path(f"{ONE}y-kien/", nominations.opinion, name="opinion"),
    path(f"{ONE}trung-lap/<int:other>/", repeats.repeat, name="repeat"),
    path(f"{ONE}minh-chung/tep/", nominating.add_file, name="add_file"),
    path(f"{ONE}minh-chung/lien-ket/", nominating.add_link, name="add_link"),
    path(f"{ONE}minh-chung/<int:piece>/", nominations.evidence_file, name="evidence"),
    path(f"{ONE}minh-chung/<int:piece>/bo/", nominating.remove_evidence, name="remove_evidence"),
]
