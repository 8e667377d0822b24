"""Addresses of the record book, below /so-khen-thuong/."""

from __future__ import annotations

from django.urls import path

from guong.records.models import Circumstance, Honour, Initiative, Rating
from guong.records.views import books, entries, layers, proposals, sector, sheets

app_name = "records"
SHEET = "nhap/<int:pk>/"
PROPOSALS = "de-nghi/"
SECTOR = "de-nghi/nganh/<int:pk>/"
LINES = {"khen-thuong": Honour, "xep-loai": Rating, "ky-luat": Circumstance, "sang-kien": Initiative}
SUBJECTS = {"nguoi": "person", "don-vi": "body"}


def _name(act: str, model: type) -> str:
    return f"{act}_{model.__name__.lower()}"


urlpatterns = [
    path("", books.book_list, name="list"),
    path("danh-sach.xlsx", books.book_sheet, name="list_sheet"),
    path("nguoi/<int:pk>/", books.person, name="person"),
    path("don-vi/<int:pk>/", books.body, name="body"),
    path("don-vi/<int:pk>/day-du/", entries.whole, name="whole"),
    path("khen-thuong/<int:pk>/", books.honour, name="honour"),
    path("sang-kien/<int:pk>/", entries.initiative, name="initiative"),
    path("sang-kien/<int:pk>/tac-gia/", entries.author, name="author"),
    *(
        path(f"{place}/<int:pk>/them-{word}/", entries.add, {"about": about, "model": model},
             name=f"{_name('add', model)}_of_{about}")
        for place, about in SUBJECTS.items()
        for word, model in LINES.items()
        if (about, model) != ("body", Initiative)
    ),
    *(path(f"{word}/<int:pk>/sua/", entries.edit, {"model": model}, name=_name("edit", model))
      for word, model in LINES.items()),
    *(path(f"{word}/<int:pk>/rut/", entries.remove, {"model": model}, name=_name("withdraw", model))
      for word, model in LINES.items()),
    path("de-nghi/", proposals.start, name="proposals"),
    path(f"{PROPOSALS}nguoi/<int:pk>/", proposals.person, name="proposals_of_person"),
    path(f"{PROPOSALS}don-vi/<int:pk>/", proposals.body, name="proposals_of_body"),
    path(f"{PROPOSALS}don-vi/<int:pk>/danh-sach/", proposals.board, name="board"),
    path(f"{PROPOSALS}don-vi/<int:pk>/danh-sach.xlsx", proposals.board_sheet, name="board_sheet"),
    *(path(f"{PROPOSALS}{place}/<int:pk>/<slug:code>/", proposals.explanation, {"about": about},
           name=f"explanation_of_{about}") for place, about in SUBJECTS.items()),
    path(f"{SECTOR}", sector.sector, name="sector"),
    path(f"{SECTOR}tinh/", sector.compute, name="sector_compute"),
    path(f"{SECTOR}tien-do/", sector.progress, name="sector_progress"),
    path(f"{SECTOR}danh-sach.xlsx", sector.sheet, name="sector_sheet"),
    path("nhap/", sheets.new, name="new_sheet"),
    path(SHEET, sheets.sheet, name="sheet"),
    path(f"{SHEET}cot/", sheets.columns, name="sheet_columns"),
    path(f"{SHEET}ai/", sheets.who, name="sheet_who"),
    path(f"{SHEET}kiem-tra/", sheets.recheck, name="sheet_recheck"),
    path(f"{SHEET}buoc/", sheets.step, name="sheet_step"),
    path(f"{SHEET}tien-do/", sheets.progress, name="sheet_progress"),
    path(f"{SHEET}loi.xlsx", sheets.notes, name="sheet_notes"),
    path("quy-dinh-rieng/<int:pk>/", layers.effect, name="layer_effect"),
    path("quy-dinh-rieng/<int:pk>/tien-do/", layers.progress, name="layer_effect_progress"),
]  # fmt: skip
