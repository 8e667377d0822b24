"""Addresses of nominations."""

from __future__ import annotations

from django.urls import path

from guong.awards.views import (
    assessments,
    nominating,
    nomination_list,
    nominations,
    repeats,
    unit_lists,
)

ONE = "de-nghi/<int:pk>/"
LIST = "de-nghi/danh-sach/<int:movement>/<int:unit>/"
urlpatterns = [
    path("de-nghi/", nomination_list.nomination_list, name="list"),
    path("de-nghi/danh-sach.xlsx", nomination_list.nomination_sheet, name="list_sheet"),
    path("de-nghi/chung/", nomination_list.many, name="many"),
    path("de-nghi/moi/", nominating.choose, name="new"),
    path("de-nghi/moi/<int:movement>/nguoi/<int:work>/", nominating.new_person, name="new_person"),
    path("de-nghi/moi/<int:movement>/tap-the/<int:body>/", nominating.new_collective, name="new_collective"),
    path("de-nghi/thuong-xuyen/", unit_lists.open_annual, name="open_annual"),
    path(LIST, unit_lists.unit_list, name="unit_list"),
    path(f"{LIST}them/", unit_lists.unit_list_add, name="unit_list_add"),
    path(f"{LIST}sua/", unit_lists.unit_list_change, name="unit_list_change"),
    path(f"{LIST}gui/", unit_lists.unit_list_send, name="unit_list_send"),
    path(f"{LIST}ty-le/", unit_lists.unit_list_caps, name="unit_list_caps"),
    path(ONE, nominations.nomination, name="nomination"),
    path(f"{ONE}sua/", nominating.edit, name="edit"),
    path(f"{ONE}buoc/", nominations.nomination_step, name="nomination_step"),
    path(f"{ONE}y-kien/", nominations.opinion, name="opinion"),
    path(f"{ONE}xet/", assessments.judge, name="judge"),
    path(f"{ONE}xet/<int:judged>/", assessments.judged_file, name="judged_file"),
    path(f"{ONE}hoi-lai/", assessments.ask_again, name="ask_again"),
    path(f"{ONE}che-do/", assessments.set_regime, name="set_regime"),
    path(f"{ONE}giu-de-nghi/", assessments.insist, name="insist"),
    path(f"{ONE}trung-lap/<int:other>/", repeats.repeat, name="repeat"),
    path(f"{ONE}minh-chung/tep/", nominating.add_file, name="add_file"),
    path(f"{ONE}minh-chung/lien-ket/", nominating.add_link, name="add_link"),
    path(f"{ONE}minh-chung/<int:piece>/", nominations.evidence_file, name="evidence"),
    path(f"{ONE}minh-chung/<int:piece>/bo/", nominating.remove_evidence, name="remove_evidence"),
]
