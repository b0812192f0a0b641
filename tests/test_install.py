"""The way it is installed: sdist, wheel, a fresh environment, and the command in it."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LARGEST = 25 * 1024 * 1024

pytestmark = pytest.mark.slow


def run(*command: object, cwd: Path | None = None) -> str:
    told = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The wheel, built from the sdist as an index would."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", out, ROOT)
    return next(out.glob("*.whl")), next(out.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def environment(built, tmp_path_factory):
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", folder)
    run(folder / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", built[0])
    return folder


def test_the_wheel_holds_templates_samples_and_data(built):
    names = zipfile.ZipFile(built[0]).namelist()

    wanted = ["microseg/templates/brief.html.j2", "microseg/templates/starters/minimal/microseg.yaml", "microseg/sample_workspace/microseg.yaml", "microseg/sample_workspace/data/accounts.csv", "microseg/templates/starters/equipment/data/events.csv", "microseg/cli/app.py"]
    assert [name for name in wanted if name not in names] == []
    assert [name for name in names if name.startswith(("tests/", "docs/")) or name.endswith(".pyc")] == []


def test_the_sdist_holds_what_the_wheel_is_made_of(built):
    with tarfile.open(built[1]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert {"pyproject.toml", "README.md", "templates/brief.html.j2", "sample_workspace/microseg.yaml", "Makefile"} <= names


def test_the_command_works_from_anywhere(environment, tmp_path):
    microseg = environment / "bin/microseg"

    run(microseg, "init", "planning", "--example", "learning", cwd=tmp_path)
    told = run(microseg, "lint", "-C", "planning", "--strict", cwd=tmp_path)
    run(microseg, "build", "-C", "planning", cwd=tmp_path)

    assert told.splitlines()[-1].startswith("0 errors, 0 warnings in 12 segments")
    assert (tmp_path / "planning/briefs/index.html").exists()
    assert run(environment / "bin/python", "-m", "microseg", "--version") == run(microseg, "--version")


def test_the_core_is_small(environment):
    packages = next((environment / "lib").glob("python*")) / "site-packages"
    size = sum(path.stat().st_size for path in packages.rglob("*") if path.is_file() and not path.relative_to(packages).parts[0].startswith(("pip", "setuptools", "_distutils")) and path.suffix != ".pyc")

    assert size <= LARGEST
