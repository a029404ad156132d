"""Is the portal alive, for a supervisor or load balancer. Says nothing about what is inside."""

from django.db import connection
from django.http import HttpRequest, JsonResponse

from qihou import __version__


def health(request: HttpRequest) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"status": "ok", "version": __version__}, headers={"Cache-Control": "no-store"})
