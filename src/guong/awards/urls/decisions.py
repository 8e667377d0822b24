"""Addresses of decisions, below /quyet-dinh/."""

from __future__ import annotations

from django.urls import path

from guong.awards.views import certificates, decisions, drafts

ONE = "quyet-dinh/<int:pk>/"

urlpatterns = [
    path("quyet-dinh/", decisions.decisions, name="decisions"),
    path("quyet-dinh/moi/", drafts.decision_new, name="decision_new"),
    path(ONE, decisions.decision, name="decision"),
    path(f"{ONE}sua/", drafts.decision_edit, name="decision_edit"),
    path(f"{ONE}danh-sach/", drafts.decision_lines, name="decision_lines"),
    path(f"{ONE}them/", drafts.decision_add, name="decision_add"),
    path(f"{ONE}bo/<int:award>/", drafts.decision_remove, name="decision_remove"),
    path(f"{ONE}bo-du-thao/", drafts.decision_discard, name="decision_discard"),
    path(f"{ONE}so/", decisions.decision_number, name="decision_number"),
    path(f"{ONE}ban-ky/", decisions.signed_copy, name="signed_copy"),
    path(f"{ONE}buoc/", decisions.decision_step, name="decision_step"),
    path(f"{ONE}thu-hoi/", decisions.decision_revoke, name="decision_revoke"),
    path(f"{ONE}thu-hoi/<int:award>/", decisions.award_revoke, name="award_revoke"),
    path(f"{ONE}van-ban.<str:ending>", decisions.decision_paper, name="decision_paper"),
    path(f"{ONE}giay-khen/", certificates.certificates, name="certificates"),
    path(f"{ONE}giay-khen/tien-do/", certificates.progress, name="certificates_progress"),
    path(f"{ONE}giay-khen/tep/", certificates.file, name="certificates_file"),
    path(f"{ONE}giay-khen/<int:award>/cap-lai/", certificates.again, name="certificate_again"),
    path(f"{ONE}giay-khen/<int:award>/tep/", certificates.again_file, name="certificate_file"),
    path(f"{ONE}giay-khen/<int:award>/nop-lai/", certificates.came_back, name="certificate_back"),
]
