import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

import pytest

pytestmark = pytest.mark.packaging

CHECKOUT = Path(__file__).parents[2]
BUILD_EDITABLE = "import sys, hatchling.build; hatchling.build.build_editable(sys.argv[1])"


def names(wheel):
    return sorted(zipfile.ZipFile(wheel).namelist())


def committed(folder):
    """Paths of the files below a folder of the checkout, caches left out, seen from that folder."""
    root = CHECKOUT / folder
    files = (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return sorted(path.relative_to(root).as_posix() for path in files)


def test_the_wheel_holds_every_template(built):
    archive = zipfile.ZipFile(built.wheel)
    assert "incident/type.yaml" in committed("templates")
    for path in committed("templates"):
        expected = (CHECKOUT / "templates" / path).read_bytes()
        assert archive.read(f"govkb/templates/{path}") == expected, path


def test_the_wheel_holds_every_module(built):
    missing = {f"govkb/{path}" for path in committed("src/govkb")} - set(names(built.wheel))
    assert missing == set()


def test_the_wheel_holds_only_the_package_its_metadata_and_the_manual_page(built):
    tops = {PurePosixPath(name).parts[0] for name in names(built.wheel)}
    assert {top.partition("-")[0] for top in tops} == {"govkb"}
    (data,) = (t for t in tops if t != "govkb" and not t.endswith(".dist-info"))
    beside = [name for name in names(built.wheel) if name.startswith(f"{data}/")]
    assert beside == [f"{data}/data/share/man/man1/govkb.1"]
    archive = zipfile.ZipFile(built.wheel)
    assert archive.read(beside[0]) == (CHECKOUT / "man/govkb.1").read_bytes()


def test_the_wheel_says_that_it_is_typed_and_licensed(built):
    assert "govkb/py.typed" in names(built.wheel)
    (licence,) = (name for name in names(built.wheel) if name.endswith("/licenses/LICENSE"))
    assert zipfile.ZipFile(built.wheel).read(licence) == (CHECKOUT / "LICENSE").read_bytes()


def test_a_wheel_built_from_the_sdist_is_the_same(built):
    first, second = zipfile.ZipFile(built.wheel), zipfile.ZipFile(built.wheel_from_sdist)
    assert names(built.wheel_from_sdist) == names(built.wheel)
    assert [n for n in names(built.wheel) if first.read(n) != second.read(n)] == []


def test_the_sdist_holds_what_a_build_and_its_tests_need(built):
    with tarfile.open(built.sdist) as archive:
        paths = {name.partition("/")[2] for name in archive.getnames()}
    assert paths >= {
        "LICENSE",
        "Makefile",
        "README.md",
        "browser/package-lock.json",
        "browser/src/graph.js",
        "hatch_build.py",
        "man/govkb.1",
        "mkdocs.yml",
        "pyproject.toml",
        "requirements.lock",
        "src/govkb/py.typed",
        "templates/incident/type.yaml",
        "tests/packaging/test_wheel.py",
    }


def test_an_editable_install_copies_nothing(tmp_path):
    """A copy in site-packages would go stale with the first edit."""
    command = [sys.executable, "-c", BUILD_EDITABLE, str(tmp_path)]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    assert [name for name in names(wheel) if ".dist-info/" not in name] == ["_govkb.pth"]


@pytest.mark.slow
def test_the_installed_package_is_not_the_checkout(installation):
    done = installation.run("python", "-c", "import govkb; print(govkb.__file__)")
    assert Path(done.stdout.strip()).is_relative_to(installation.environment)


@pytest.mark.slow
def test_the_installed_command_tells_its_version(installation):
    from govkb import __version__

    done = installation.run("govkb", "--version")
    assert done.returncode == 0, done.stderr
    assert __version__ in done.stdout


@pytest.mark.slow
def test_the_manual_page_is_where_man_looks_beside_the_command(installation):
    assert (installation.environment / "share/man/man1/govkb.1").is_file()


@pytest.mark.slow
def test_a_stranger_writes_checks_and_publishes_a_first_record(installation):
    for arguments in (("new", "incident", "Vault sealed after reboot"), ("check",), ("build",)):
        done = installation.run("govkb", *arguments)
        assert done.returncode == 0, f"govkb {' '.join(arguments)}\n{done.stdout}{done.stderr}"
    (record,) = (installation.project / "records").rglob("*.md")
    assert "Vault sealed after reboot" in record.read_text(encoding="utf-8")
    home = installation.project / "site" / "index.html"
    assert home.is_file()
    pages = (installation.project / "site").rglob("*.html")
    assert any("Vault sealed after reboot" in page.read_text(encoding="utf-8") for page in pages)
    left = [path.relative_to(installation.home) for path in installation.home.rglob("*")]
    cache = Path(".cache/govkb")
    assert [p for p in left if p != cache.parent and not p.is_relative_to(cache)] == []
