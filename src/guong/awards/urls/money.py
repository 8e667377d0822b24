"""Addresses of money: below a decision, of a year, of funds."""

from __future__ import annotations

from django.urls import path

from guong.awards.views import money

ONE = "quyet-dinh/<int:pk>/tien-thuong/"

urlpatterns = [
    path(ONE, money.decision_money, name="decision_money"),
    path(f"{ONE}quy/", money.decision_funds, name="decision_funds"),
    path(f"{ONE}chi/", money.decision_pay, name="decision_pay"),
    path(f"{ONE}thu-lai/", money.decision_recover, name="decision_recover"),
    path(f"{ONE}<int:bonus>/ghi-nham/", money.payment_undo, name="payment_undo"),
    path(f"{ONE}bang-chi.xlsx", money.decision_payments, name="decision_payments"),
    path("tien-thuong/", money.bonuses, name="bonuses"),
    path("tien-thuong/quy/", money.funds, name="funds"),
    path("tien-thuong/quy/moi/", money.fund_new, name="fund_new"),
    path("tien-thuong/quy/<int:pk>/", money.fund_edit, name="fund_edit"),
]
