"""Addresses of base: organisation, people, accounts and roles, log."""

from __future__ import annotations

from django.urls import path

from guong.base import sheet
from guong.base.views import accounts, log, organisation, people, reorganisation

app_name = "base"
urlpatterns = [
    path("to-chuc/", organisation.bodies, name="bodies"),
    path("to-chuc/moi/", organisation.new_body, name="new_body"),
    path("to-chuc/<int:pk>/", organisation.body, name="body"),
    path("to-chuc/<int:pk>/sua/", organisation.edit_body_page, name="edit_body"),
    path("to-chuc/<int:pk>/doi-ten/", organisation.rename_body_page, name="rename_body"),
    path("to-chuc/<int:pk>/dong/", organisation.close_body_page, name="close_body"),
    path("to-chuc/<int:pk>/sap-nhap/", reorganisation.merge_page, name="merge_bodies"),
    path("to-chuc/<int:pk>/tach/", reorganisation.split_page, name="split_body"),
    path("to-chuc/<int:pk>/thiet-dat/", organisation.department_page, name="department"),
    path("nguoi/", people.people, name="people"),
    path("nguoi/moi/", people.new_person, name="new_person"),
    path("nguoi/<int:pk>/", people.person, name="person"),
    path("nguoi/<int:pk>/sua/", people.edit_person_page, name="edit_person"),
    path("nguoi/<int:pk>/them-vi-tri/", people.add_employment_page, name="add_employment"),
    path("nguoi/<int:pk>/tai-khoan/", accounts.new_account, name="new_account"),
    path("nguoi/vi-tri/<int:pk>/chuyen/", people.move_person_page, name="move_person"),
    path("nguoi/vi-tri/<int:pk>/thoi/", people.end_employment_page, name="end_employment"),
    path("vai-tro/", accounts.roles, name="roles"),
    path("vai-tro/<int:pk>/", accounts.account, name="account"),
    path("vai-tro/<int:pk>/cap/", accounts.grant_role_page, name="grant_role"),
    path("vai-tro/<int:pk>/mat-khau/", accounts.renew_password, name="renew_password"),
    path("vai-tro/<int:pk>/dong/", accounts.close_account_page, name="close_account"),
    path("vai-tro/quyen/<int:pk>/thoi/", accounts.end_grant_page, name="end_grant"),
    path("vai-tro/quyen/<int:pk>/uy-quyen/", accounts.lend_page, name="lend"),
    path("nhat-ky/", log.log, name="log"),
    path("nhat-ky/kiem-tra/", log.verify_chain, name="verify_chain"),
    *sheet.addresses(),
]
