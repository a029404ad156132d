"""What the pages draw themselves is saved as a picture that looks as it does on the screen."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PLAN = Path(__file__).parents[1] / "corpus/55-lost-funding-without-totals/plan.txt"
CODE = "drawn-in-a-browser"

# How many pixels of a picture have nearly one of the colours that the page's tokens have now; and the picture's size.
COUNT = """async ([picture, tokens]) => {
  const image = new Image();
  image.src = picture;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const pixels = pen.getImageData(0, 0, image.width, image.height).data;
  const counts = {};
  for (const token of tokens) {
    pen.fillStyle = getComputedStyle(document.body).getPropertyValue(token).trim();
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b] = pen.getImageData(0, 0, 1, 1).data;
    counts[token] = 0;
    for (let i = 0; i < pixels.length; i += 4) {
      if (Math.abs(pixels[i] - r) + Math.abs(pixels[i + 1] - g) + Math.abs(pixels[i + 2] - b) < 9) counts[token] += 1;
    }
  }
  return { width: image.width, height: image.height, counts };
}"""


@pytest.fixture(scope="module")
def base(portal: Any) -> str:
    portal.qihou("plan", "import", str(PLAN), "--district", portal.district, "--plan", CODE, "--label", "草稿")
    return f"/d/{portal.district}/plan/"


def saved(page: Any, number: int, tokens: list[str], folder: Path) -> tuple[str, Any, Any]:
    """The file's name, what the picture holds and the figure's place on the page."""
    figure = page.locator("figure[data-name]").nth(number)
    with page.expect_download() as download:
        figure.locator("[data-figure-png]").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    picture = "data:image/png;base64," + base64.b64encode(path.read_bytes()).decode()
    return path.name, page.evaluate(COUNT, [picture, tokens]), figure.bounding_box()


@pytest.mark.parametrize("theme", ["day", "night"])
def test_money_and_gantt_are_saved_as_pictures(portal: Any, base: str, desk: Any, theme: str, tmp_path: Path) -> None:
    portal.sign_in(desk, *portal.person(f"painter-{theme}", "auditor"))
    if theme == "night":
        desk.context.add_cookies([{"name": "qihou_theme", "value": "night", "url": portal.url("/")}])
    for view, number, name, tokens in (
        ("money", 0, "资金来源.png", ["--paper", "--ink", "--not-delivered-tint"]),
        ("money", 1, "分年投资.png", ["--paper", "--ink", "--not-delivered-tint"]),
        ("gantt", 0, "项目时间.png", ["--paper", "--ink", "--river-tint", "--river"]),
    ):
        desk.goto(portal.url(f"{base}projects/?view={view}&plan={CODE}&version=1"))
        file, picture, box = saved(desk, number, tokens, tmp_path)
        assert file == name
        # Two dots for each of the screen's, and a margin of 16 on each side.
        assert abs(picture["width"] - 2 * (box["width"] + 32)) <= 4
        assert abs(picture["height"] - 2 * (box["height"] + 32)) <= 4
        assert picture["counts"]["--paper"] > 0.5 * picture["width"] * picture["height"]
        assert min(picture["counts"].values()) > 100, (name, picture["counts"])
