"""What is kept for somebody whose sign-in ran out, and how little a stranger can make us keep."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from .api_world import World, make_world
from .working_world import BACKEND, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def kept(client: Client) -> list[str]:
    keys = list(client.session.keys())
    return [k for k in keys if k.startswith("kept:")]


def send(client: Client, address: str, text: str = "写了半小时", who: str = "x") -> None:
    assert client.post(address, {"act": "save", "text": text, "kept_for": who}).status_code == 302


def test_a_session_keeps_the_last_form_only(world):
    client = Client()
    addresses = [url(world, "report", uid=uuid4()) for _ in range(6)]
    for address in addresses:
        send(client, address)
    assert kept(client) == [f"kept:{addresses[-1]}"]


def test_nothing_is_kept_for_a_district_that_does_not_exist(world):
    client = Client()
    address = reverse("plan:report", kwargs={"district_code": "000000", "uid": uuid4()})
    client.post(address, {"act": "save", "text": "x", "kept_for": "x"})
    assert kept(client) == []


@pytest.mark.parametrize(("characters", "many"), [(29_900, 1), (30_001, 0), (99_000, 0)])
def test_what_nobody_types_is_not_kept(world, characters, many):
    client = Client()
    send(client, url(world, "report", uid=uuid4()), text="x" * characters)
    assert len(kept(client)) == many


def test_what_was_kept_is_handed_to_its_writer(world):
    client, writer = Client(), world.people["lead"]
    send(client, url(world, "import_upload"), who=str(writer.uid))
    client.force_login(writer, backend=BACKEND)
    assert "登录曾经过期" in client.get(url(world, "import_upload")).content.decode()
    assert kept(client) == []
