"""`govkb serve`, as a process of its own that is asked for pages while files change."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

PATH = "records/incidents/INC-20260418-B-x.md"
SETTINGS = "site_name: Ours\ntheme: {name: material, font: false}\nplugins: [govkb]\nstrict: true\n"
PATIENCE = 30


def _until(question):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.1)
    return None


@dataclass
class Server:
    process: subprocess.Popen
    address: str
    log: Path

    def page(self, path="incidents/INC-20260418-B/"):
        """The page, or what the server answers instead; empty while there is no answer."""
        try:
            with urllib.request.urlopen(f"http://{self.address}/{path}", timeout=60) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            return f"{error.code} {error.read().decode()}"
        except OSError:
            return ""

    def shows(self, words, path="incidents/INC-20260418-B/"):
        return _until(lambda: self.process.poll() is None and words in self.page(path))

    def says(self, words):
        return _until(lambda: words in self.log.read_text())

    def lines(self):
        return self.log.read_text().splitlines()


@pytest.fixture
def one(project, incident):
    text = incident(body="## Summary\n\nx\n")
    return project({PATH: text, "mkdocs.yml": SETTINGS, "govkb.toml": ""})


@pytest.fixture
def serve(tmp_path):
    """Serves a project on a free port."""
    started = []

    def start(project, *, at="127.0.0.1"):
        with socket.socket() as free:
            free.bind((at, 0))
            address = f"{at}:{free.getsockname()[1]}"
        log = tmp_path / "log"
        with log.open("w") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "govkb", "serve", "--address", address],
                cwd=project.root,
                env={**os.environ, "TMPDIR": str(tmp_path)},
                stdout=stream,
                stderr=stream,
                # Whoever runs the tests in the background has it ignored.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
            )
        started.append(process)
        return Server(process, address, log)

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_it_follows_edits_through_every_mistake(one, serve, incident):
    server = serve(one)
    assert server.says(f"govkb: Serving on http://{server.address}/")
    assert server.shows("Zero backups")

    one.write({PATH: incident(title="Seventy-four days")})
    assert server.shows("Seventy-four days")

    one.write({PATH: incident(title="An error", extra="relates_to: INC-20260418-Z\n")})
    assert server.shows("An error")
    assert server.says("REF002 dangling-reference")

    one.write({PATH: "---\nid: [INC-20260418-B\n"})
    assert server.says("READ")
    assert server.shows("Knowledge base", "")

    one.write({PATH: incident(title="Mended")})
    assert server.shows("Mended")

    one.write({"govkb.toml": "recrods = 'records'\n"})
    assert server.says("unknown setting `recrods`")
    assert "Mended" in server.page()

    one.write({"mkdocs.yml": "site_name: [x\n"})
    assert server.says("mkdocs.yml")
    assert "Mended" in server.page()

    one.write({"govkb.toml": "", "mkdocs.yml": SETTINGS, PATH: incident(title="All well")})
    assert server.shows("All well")

    assert "404" in server.page("nothing/")
    assert "Traceback" not in server.log.read_text()
    assert all(line.startswith("govkb: ") for line in server.lines())


def test_no_page_is_missing_while_a_new_site_takes_the_place_of_the_old(one, serve, incident):
    server = serve(one)
    assert server.shows("Zero backups")
    for number in range(3):
        one.write({PATH: incident(title=f"Edit {number}")})
        while f"Edit {number}" not in (page := server.page()):
            assert "INC-20260418-B" in page
            time.sleep(0.005)


def test_a_template_with_a_mistake_costs_no_page(one, serve):
    one.write({"templates/site/home.html.j2": "<h1>Ours</h1>"})
    server = serve(one)
    assert server.shows(">Ours</h1>", "")
    one.write({"templates/site/home.html.j2": "{% nonsense %}"})
    assert server.says("home.html.j2") or server.says("nonsense")
    assert ">Ours</h1>" in server.page("")
    one.write({"templates/site/home.html.j2": "<h1>Again</h1>"})
    assert server.shows(">Again</h1>", "")
    assert "Traceback" not in server.log.read_text()


def test_an_edit_of_a_template_of_the_theme_shows(one, serve):
    main = '{% extends "base.html" %}{% block announce %}WORDS{% endblock %}'
    settings = SETTINGS.replace("name: material", "name: material, custom_dir: theme")
    one.write({"mkdocs.yml": settings, "theme/main.html": main.replace("WORDS", "First words")})
    server = serve(one)
    assert server.shows("First words")
    one.write({"theme/main.html": main.replace("WORDS", "Second words")})
    assert server.shows("Second words")
    assert server.shows("Second words", "")


def test_an_interrupt_ends_it_cleanly(one, serve, tmp_path):
    server = serve(one)
    assert server.shows("Zero backups")
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(60) == 0
    assert [file for file in tmp_path.iterdir() if file.name.startswith("govkb-")] == []
    assert "Traceback" not in server.log.read_text()


@pytest.mark.parametrize(
    "address", ["8000", "127.0.0.1:", ":80", "127.0.0.1:0", "127.0.0.1:99999", "a:b", "127.0.0.1:²"]
)
def test_an_address_that_is_none_is_a_mistake_of_the_user(one, run_govkb, address):
    done = run_govkb("serve", "--address", address, cwd=one.root)
    assert (done.code, done.stdout) == (2, "")
    line, hint = done.stderr.splitlines()
    assert address in line
    assert "HOST:PORT" in hint


def test_an_address_in_use_is_said_in_one_line(one, run_govkb):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = run_govkb("serve", "--address", address, cwd=one.root)
    assert (done.code, done.stdout) == (4, "")
    line, hint = done.stderr.splitlines()
    assert line.startswith(f"govkb: {address} can't be served: ")
    assert "--address" in hint


def test_settings_that_are_broken_at_the_start_end_it(one, run_govkb):
    one.write({"govkb.toml": "= 5\n"})
    done = run_govkb("serve", cwd=one.root)
    assert done.code == 2
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.browser
def test_an_open_page_reloads_by_itself_under_its_policy(one, serve, incident, visit):
    server = serve(one)
    assert server.shows("Zero backups")
    visitor = visit(f"http://{server.address}/").go("incidents/INC-20260418-B/")
    assert "Content-Security-Policy" in server.page()
    visitor.page.evaluate("window.old = true")
    one.write({PATH: incident(title="Edited meanwhile")})
    visitor.page.wait_for_function("!window.old", timeout=60_000)
    visitor.page.get_by_role("heading", name="Edited meanwhile").wait_for()
