"""Addresses of plans."""

from __future__ import annotations

from django.urls import path

from guong.plans.views import cascade, copies, difficulties, drafts, duties, plans, readings, revisions

app_name = "plans"
urlpatterns = [
    path("", plans.plan_list, name="list"),
    path("doc-tep/", readings.upload, name="upload"),
    path("ban-doc/<int:pk>/", readings.reading, name="reading"),
    path("ban-doc/<int:pk>/buoc/", readings.reading_step, name="reading_step"),
    path("ban-doc/<int:pk>/tep/", readings.reading_file, name="reading_file"),
    path("du-thao/", drafts.draft_list, name="drafts"),
    path("du-thao/moi/", drafts.draft_new, name="draft_new"),
    path("du-thao/<int:pk>/", drafts.draft, name="draft"),
    path("du-thao/<int:pk>/soan/<slug:slug>/", drafts.draft_page, name="draft_page"),
    path("du-thao/<int:pk>/buoc/", drafts.draft_step, name="draft_step"),
    path("du-thao/<int:pk>/so/", drafts.draft_number, name="draft_number"),
    path("du-thao/<int:pk>/van-ban.<str:ending>", drafts.draft_paper, name="draft_paper"),
    path("<int:pk>/", plans.plan, name="plan"),
    path("<int:pk>/van-ban/", plans.text, name="text"),
    path("<int:pk>/tep/", plans.plan_file, name="file"),
    path("<int:pk>/ban-in/", plans.plan_pdf, name="plan_pdf"),
    path("<int:pk>/ban-ky/", plans.signed_copy, name="signed_copy"),
    path("<int:pk>/buoc/", plans.plan_step, name="plan_step"),
    path("<int:pk>/cong-bo/", plans.publish, name="publish"),
    path("<int:pk>/thoi-cong-bo/", plans.take_back, name="take_back"),
    path("<int:pk>/ban-gui/", copies.copies, name="copies"),
    path("<int:pk>/nhac/", copies.remind, name="remind"),
    path("<int:pk>/trien-khai/", cascade.cascade, name="cascade"),
    path("<int:pk>/trien-khai/xlsx/", cascade.cascade_sheet, name="cascade_sheet"),
    path("<int:pk>/kho-khan/", difficulties.report, name="report_difficulty"),
    path("<int:pk>/dieu-chinh/", revisions.revise, name="revise"),
    path("<int:pk>/dieu-chinh/<int:number>/", revisions.revision, name="revision"),
    path("<int:pk>/dieu-chinh/<int:number>/tep/", revisions.revision_file, name="revision_file"),
    path("ban-gui/<int:pk>/", copies.copy, name="delivery"),
    path("ban-gui/<int:pk>/da-doc/", copies.read, name="confirm_read"),
    path("ban-gui/<int:pk>/chuyen/", copies.hand_on, name="pass_on"),
    path("ban-gui/<int:pk>/nhac/", copies.remind_sections, name="remind_sections"),
    path("kho-khan/", difficulties.difficulty_list, name="difficulties"),
    path("kho-khan/<int:pk>/", difficulties.difficulty, name="difficulty"),
    path("kho-khan/<int:pk>/buoc/", difficulties.difficulty_step, name="difficulty_step"),
    path("kho-khan/<int:pk>/da-nhan/", difficulties.note_answer, name="note_answer"),
    path("kho-khan/<int:pk>/dieu-chinh/", difficulties.adjust, name="adjust"),
    path("kho-khan/<int:pk>/tep/", difficulties.difficulty_file, name="difficulty_file"),
    path("du-thao/<int:pk>/ly-do/", revisions.explain, name="explain"),
    path("ra-soat/<int:pk>/buoc/", revisions.review_step, name="review_step"),
    path("nhiem-vu/<int:pk>/buoc/", plans.assignment_step, name="assignment_step"),
    path("nghia-vu/<int:pk>/", duties.duty, name="duty"),
    path("nghia-vu/<int:pk>/buoc/", duties.duty_step, name="duty_step"),
    path("nghia-vu/<int:pk>/tep/", duties.duty_file, name="duty_file"),
    path("han/<int:pk>/", duties.obligation, name="obligation"),
]
