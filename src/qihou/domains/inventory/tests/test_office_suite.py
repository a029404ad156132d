"""The same in a real spreadsheet program: LibreOffice Calc opens, recalculates and saves what we write."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qihou.domains.inventory.methods.formulas import SUMMARY, write_formulas
from qihou.domains.inventory.methods.opening import open_files, write_form
from qihou.domains.inventory.methods.scheme import scheme
from qihou.domains.inventory.methods.scheme.parts import Options
from qihou.domains.inventory.methods.workbook.read import read_path

PROGRAM = shutil.which("soffice")
CALC = PROGRAM and (Path(PROGRAM).resolve().parent / "libsclo.so").exists()
pytestmark = pytest.mark.skipif(not CALC, reason="LibreOffice Calc is not installed")


def saved_again(path: Path, folder: Path) -> Path:
    """The file as LibreOffice saves it after working out every formula."""
    command = [
        PROGRAM, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
        "--convert-to", "xlsx", "--outdir", str(folder / "again"), str(path),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / "again" / path.name


def test_a_filled_form_saved_by_calc_reads_the_same(tmp_path):
    path = tmp_path / "2020.xlsx"
    write_form(path, 2020, "", Options(), illustrative=True)
    before, after = read_path(path, scheme()), read_path(saved_again(path, tmp_path), scheme())
    assert len(before.filled) > 300
    assert (after.header, after.filled, after.findings) == (before.header, before.filled, before.findings)


def test_calc_works_out_what_the_kernel_does(tmp_path):
    worked = open_files([], landfill="mass-balance", year=2020).worked
    path = tmp_path / "results.xlsx"
    path.write_bytes(write_formulas(worked, "铜梁区"))
    sheet = load_workbook(saved_again(path, tmp_path), data_only=True)[SUMMARY]
    for row, line in enumerate(worked.lines.values(), start=3):
        found = sheet.cell(row, 5).value
        if line.value is None:
            assert isinstance(found, str)
        else:
            assert found == pytest.approx(line.value, rel=1e-9)
