"""Addresses of lists posted for comment."""

from __future__ import annotations

from django.urls import path

from guong.awards.views import listings

ONE = "niem-yet/<int:pk>/"
urlpatterns = [
    path("niem-yet/", listings.listings, name="listings"),
    path("niem-yet/moi/", listings.post, name="post_listing"),
    path(ONE, listings.listing, name="listing"),
    path(f"{ONE}gop-y/", listings.comment, name="comment"),
    path(f"{ONE}gop-y/<int:comment_pk>/", listings.answer, name="answer"),
    path(f"{ONE}dong/", listings.close, name="close_listing"),
]
