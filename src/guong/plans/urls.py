"""Addresses of plans."""

from __future__ import annotations

from django.urls import path

from guong.plans.views import drafts, duties, lists, plans, readings, register

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
    path("nhiem-vu/<int:pk>/buoc/", plans.assignment_step, name="assignment_step"),
    path("nghia-vu/<int:pk>/", duties.duty, name="duty"),
    path("nghia-vu/<int:pk>/buoc/", duties.duty_step, name="duty_step"),
    path("nghia-vu/<int:pk>/tep/", duties.duty_file, name="duty_file"),
    path("han/<int:pk>/", duties.obligation, name="obligation"),
    path("so-van-ban/", register.documents, name="documents"),
    path("so-van-ban/them/", register.document_add, name="document_add"),
    path("so-van-ban/<int:pk>/", register.document, name="document"),
    path("so-van-ban/<int:pk>/cay/", register.document_tree, name="document_tree"),
    path("so-van-ban/<int:pk>/sua/", register.document_edit, name="document_edit"),
    path("danh-muc/", lists.lists, name="lists"),
    path("danh-muc/mau/<int:pk>/", lists.lists_fill, name="lists_fill"),
    path("danh-muc/them/", lists.list_add, name="list_add"),
    path("danh-muc/<int:pk>/sua/", lists.list_edit, name="list_edit"),
    path("danh-muc/<int:pk>/them-nhiem-vu/", lists.task_add, name="task_add"),
    path("danh-muc/nhiem-vu/<int:pk>/", lists.task_edit, name="task_edit"),
    path("danh-muc/dip/them/", lists.occasion_add, name="occasion_add"),
    path("danh-muc/dip/<int:pk>/", lists.occasion_edit, name="occasion_edit"),
    path("<int:pk>/nhiem-vu-trong-tam/", lists.plan_tags, name="plan_tags"),
    path("chi-tieu/<int:pk>/", lists.target_check, name="target_check"),
]
