"""What the tests of the working pages share: somebody signed in, and addresses by name."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from .api_world import World

BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(world: World, who: str, **options: Any) -> Client:
    client = Client(**options)
    client.force_login(world.people[who], backend=BACKEND)
    return client


def url(world: World, name: str, **parts: Any) -> str:
    return reverse(f"plan:{name}", kwargs={"district_code": world.district.code, **parts})
