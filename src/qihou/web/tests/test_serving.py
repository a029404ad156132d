"""``qihou serve``: ready on an empty folder, quick when there is nothing to do, one sentence when the port is taken."""

import os
import re
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

import pytest

from qihou.face.testing import portal  # noqa: F401


def test_the_second_start_answers_within_five_seconds(portal):  # noqa: F811
    started = time.monotonic()
    environment = {**portal.environment, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "qihou", "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        said = ""
        while "http://" not in said:
            said += process.stdout.readline()
        address = re.search(r"http://\S+/", said)[0]
        answered = False
        while not answered and time.monotonic() - started < 60:
            try:
                with urlopen(address, timeout=5) as answer:
                    answered = answer.status == 200
            except OSError:
                time.sleep(0.02)
        seconds = time.monotonic() - started
        rest = process.stdout.readline()
        # A second start says how to get in again and never shows a password.
        assert "qihou account password" in said + rest
        assert "one-time password" not in said + rest
    finally:
        process.terminate()
        process.wait(20)
    assert answered
    # Five seconds on a machine that does nothing else; beside other work, as many times more as it has to share.
    share = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert seconds < 5 * share, f"{seconds:.1f} s at a load of {share:.1f} per core"


def test_a_taken_port_is_one_clear_sentence(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        environment = {**os.environ, "QIHOU_DATA": str(tmp_path)}
        command = [sys.executable, "-m", "qihou", "serve", "--port", str(port)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert f"port {port} is taken" in done.stderr
    assert "--port 0" in done.stderr
    assert "Traceback" not in done.stderr


def test_static_files_are_hashed_compressed_and_kept_for_long(portal):  # noqa: F811
    with urlopen(portal.url("/signin"), timeout=10) as answer:
        page = answer.read().decode()
    path = re.search(r"/static/face/base\.[0-9a-f]{12}\.css", page)[0]
    with urlopen(portal.url(path), timeout=10) as answer:
        assert "max-age=315360000" in answer.headers["Cache-Control"]
    assert (portal.data / path.replace("/static/", "static/").lstrip("/")).with_suffix(".css.gz").exists()


@pytest.mark.parametrize(
    "arguments",
    [["password", "nobody-of-that-name"], ["add", "x", "--name", "X", "--district", "1", "--role", "auditor"]],
)
def test_a_command_that_cannot_be_done_says_why(portal, arguments):  # noqa: F811
    command = [sys.executable, "-m", "qihou", "account", *arguments]
    done = subprocess.run(command, env=portal.environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr


def test_a_password_is_reset_from_the_command_line(portal):  # noqa: F811
    said = portal.qihou(
        "account", "add", "reset-me", "--name", "某", "--district", portal.district, "--role", "auditor"
    )
    first = said.split()[-1]
    second = portal.qihou("account", "password", "reset-me").split()[-1]
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", second)
    assert first != second
