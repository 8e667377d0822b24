"""Every address of the site; each app keeps its own."""

from __future__ import annotations

from django.urls import include, path

handler500 = "guong.site.failures.server_error"
urlpatterns = [
    path("", include("guong.portal.urls")),
    path("", include("guong.site.pages")),
    path("", include("guong.base.urls")),
    path("ke-hoach/", include("guong.plans.urls")),
    path("phong-trao/", include("guong.movements.urls")),
    path("quy-dinh/", include("guong.regulations.urls")),
    path("so-khen-thuong/", include("guong.records.urls")),
    path("", include("guong.awards.urls")),
    path("bao-cao/", include("guong.reports.urls")),
]
