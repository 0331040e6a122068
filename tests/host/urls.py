"""A site's addresses: a page of its own, and the boards below a path."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def front(request: HttpRequest) -> HttpResponse:
    return HttpResponse("The front page of somebody's site.")


urlpatterns = [path("", front), path("draw/", include("boards.urls"))]
