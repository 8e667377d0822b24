"""Addresses of the law, below /quy-dinh/."""

from __future__ import annotations

from django.urls import path

from guong.regulations.views import law, layers

app_name = "regulations"
OWN = "rieng/<int:pk>/"

urlpatterns = [
    path("", law.overview, name="law"),
    path("danh-hieu/", law.awards, name="awards"),
    path("danh-hieu/<str:code>/", law.award, name="award"),
    path("gia-tri/", law.values, name="values"),
    path("rieng/", layers.layer_list, name="layers"),
    path("rieng/nhap/", layers.new, name="new_layer"),
    path("rieng/mau/<str:example>.yaml", layers.shipped, name="example"),
    path(OWN, layers.layer, name="layer"),
    path(f"{OWN}sua/", layers.edit, name="edit_layer"),
    path(f"{OWN}ket-thuc/", layers.end, name="end_layer"),
    path(f"{OWN}buoc/", layers.step, name="layer_step"),
    path(f"{OWN}quyet-dinh.pdf", layers.decision, name="layer_decision"),
    path(f"{OWN}noi-dung.yaml", layers.text, name="layer_text"),
]
