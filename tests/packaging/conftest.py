import hashlib
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from email.parser import HeaderParser
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Built:
    sdist: Path
    wheel: Path
    wheel_from_sdist: Path


@dataclass(frozen=True)
class Installation:
    """A stranger's machine: govkb installed, an empty home, a folder far from the checkout."""

    environment: Path
    home: Path
    project: Path

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.environment / "bin" / program), *arguments]
        # None of the variables that this test run happens to have.
        env = {"HOME": str(self.home), "LANG": "C.UTF-8", "PATH": os.defpath}
        return subprocess.run(command, cwd=self.project, env=env, capture_output=True, text=True)


def succeed(command: list[str], cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"


def build(source: Path, target: Path, *what: str) -> None:
    """Without build isolation, so that nothing is fetched."""
    command = [sys.executable, "-m", "build", "--no-isolation", *what]
    succeed([*command, "--outdir", str(target)], source)


def only(folder: Path, pattern: str) -> Path:
    (path,) = folder.glob(pattern)
    return path


def runtime_packages(wheel: Path) -> set[str]:
    """Names of everything that installing the wheel needs, according to the packages themselves."""
    with zipfile.ZipFile(wheel) as archive:
        (path,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        waiting = HeaderParser().parsestr(archive.read(path).decode()).get_all("Requires-Dist", [])
    found: set[str] = set()
    while waiting:
        requirement = Requirement(waiting.pop())
        name = canonicalize_name(requirement.name)
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        if name not in found:
            found.add(name)
            waiting += metadata.requires(name) or []
    return found


def locked(names: set[str]) -> str:
    """The entries of requirements.lock for these packages; an empty environment gets no more."""
    text = (CHECKOUT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.findall(r"^([\w.-]+)(==.+?)(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    return "".join(name + pin for name, pin in entries if canonicalize_name(name) in names)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    direct, by_way_of_sdist = tmp_path_factory.mktemp("direct"), tmp_path_factory.mktemp("sdist")
    build(CHECKOUT, direct, "--wheel")
    build(CHECKOUT, by_way_of_sdist)
    return Built(
        only(by_way_of_sdist, "*.tar.gz"), only(direct, "*.whl"), only(by_way_of_sdist, "*.whl")
    )


@pytest.fixture(scope="session")
def installation(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The wheel in an empty environment; every dependency comes from the lock, by its hash.

    pip completes the proof: with hashes required, it refuses a dependency that is not listed.
    """
    folder = tmp_path_factory.mktemp("machine")
    environment, home, project = folder / "environment", folder / "home", folder / "project"
    home.mkdir()
    project.mkdir()
    digest = hashlib.sha256(built.wheel.read_bytes()).hexdigest()
    requirements = folder / "requirements.txt"
    requirements.write_text(
        f"govkb @ {built.wheel.as_uri()} --hash=sha256:{digest}\n"
        + locked(runtime_packages(built.wheel)),
        encoding="utf-8",
    )
    succeed([sys.executable, "-m", "venv", str(environment)], folder)
    pip = [str(environment / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    succeed([*pip, "install", "--require-hashes", "--requirement", str(requirements)], folder)
    succeed([*pip, "check"], folder)
    return Installation(environment, home, project)
