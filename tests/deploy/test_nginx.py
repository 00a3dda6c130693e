"""nginx with deploy/nginx in front of an application: what it hands out, what it hides, what it says of the reader."""

import http.client
import json
import shutil
import socket
import ssl
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings

from scripts.nginx_here import certificate, configuration

pytestmark = pytest.mark.services
PHOTO = b"\xff\xd8 a private photo"
TOKEN = "Zk3v9QwLr7XbTn5HcD2sYg"
GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store, private",
    "Content-Disposition": 'inline; filename="paper.jpg"',
}


class Application(BaseHTTPRequestHandler):
    """Answers like portal.private_files for one address, and else tells which headers have reached it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200)
        if self.path == "/my/paper":
            body = b""
            for name, value in {**GUARDS, "Content-Type": "image/jpeg"}.items():
                self.send_header(name, value)
            self.send_header("X-Accel-Redirect", "/private-files/cases/ab/paper.jpg")
        else:
            body = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *arguments):
        pass


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _folders(root: Path) -> None:
    """The data of an installation, where the configuration is made to look for it."""
    for name, body in {
        "var/private/cases/ab/paper.jpg": PHOTO,
        "var/static/css/site.0123456789ab.css": b"hashed",
        "var/static/css/site.css": b"plain",
        "var/media/images/small.jpg": b"picture",
        "var/media/original_images/large.jpg": b"original",
        "var/media/documents/paper.pdf": b"document",
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    for path in root.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A function that asks nginx for something, and the folder in which it logs."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin")
    assert program, "nginx is missing: apt-get install nginx-light"
    root = tmp_path_factory.mktemp("nginx")
    for folder in (root, *root.parents[:2]):
        folder.chmod(0o755)  # nginx's own user reads below
    _folders(root)
    certificate(root)
    application = ThreadingHTTPServer(("127.0.0.1", 0), Application)
    threading.Thread(target=application.serve_forever, daemon=True).start()
    plain, secure = _free_port(), _free_port()
    conf = configuration(root, applications=[application.server_port], plain=plain, secure=secure)
    tested = subprocess.run([program, "-t", "-c", str(conf)], capture_output=True, text=True)
    assert tested.returncode == 0, tested.stderr
    server = subprocess.Popen([program, "-c", str(conf)], stderr=subprocess.DEVNULL)
    try:
        _wait_for(secure)
        yield Asked(root, plain, secure)
    finally:
        server.terminate()
        server.wait()
        application.shutdown()


def _wait_for(port: int) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


class Asked:
    """Requests to the running nginx."""

    def __init__(self, root: Path, plain: int, secure: int):
        self.root, self.plain, self.secure = root, plain, secure

    def __call__(self, path: str, *, secure=True, headers=None, body=None):
        if secure:
            unchecked = ssl._create_unverified_context()  # noqa: S323 - a certificate made a moment ago
            line = http.client.HTTPSConnection("127.0.0.1", self.secure, context=unchecked, timeout=30)
        else:
            line = http.client.HTTPConnection("127.0.0.1", self.plain, timeout=30)
        line.request("POST" if body is not None else "GET", path, body=body, headers=headers or {})
        answer = line.getresponse()
        answer.body = answer.read()
        return answer


def test_a_private_file_comes_at_the_application_s_word_with_the_headers_that_guard_it(site):
    answer = site("/my/paper")
    assert (answer.status, answer.body) == (200, PHOTO)
    assert {name: answer.headers[name] for name in GUARDS} == GUARDS
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Accel-Redirect"] is None


@pytest.mark.parametrize(
    "path",
    [
        "/private-files/cases/ab/paper.jpg",
        "/media/original_images/large.jpg",
        "/media/documents/paper.pdf",
        "/media/images/../documents/paper.pdf",
        "/media/images/%2e%2e/documents/paper.pdf",
        "/static/../private/cases/ab/paper.jpg",
        "/static/%2e%2e/private/cases/ab/paper.jpg",
    ],
)
def test_nobody_reaches_what_lies_beside_the_pictures(site, path):
    answer = site(path)
    assert b"private" not in answer.body and answer.body not in {b"original", b"document"}
    # A path that climbs out of its folder is asked of the application as what it comes to.
    assert answer.status == 404 or json.loads(answer.body)


def test_static_files_with_a_hash_are_kept_for_ever_and_others_for_a_minute(site):
    hashed, plain = site("/static/css/site.0123456789ab.css"), site("/static/css/site.css")
    assert (hashed.body, plain.body) == (b"hashed", b"plain")
    assert "immutable" in hashed.headers["Cache-Control"]
    assert plain.headers["Cache-Control"] == "public, max-age=60"


def test_resized_pictures_are_handed_out_and_run_nothing(site):
    answer = site("/media/images/small.jpg")
    assert (answer.status, answer.body) == (200, b"picture")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_picture_that_isn_t_on_this_disk_is_asked_of_the_application(site):
    assert json.loads(site("/media/images/in-a-bucket.jpg").body)["x-forwarded-proto"] == "https"


@pytest.mark.parametrize("path", ["/metrics", "/health/deep/", "/health/../metrics", "//metrics"])
def test_numbers_and_the_deep_look_aren_t_published(site, path):
    answer = site(path)
    assert (answer.status, b"x-forwarded" in answer.body) == (404, False)


def test_a_balancer_may_ask_whether_requests_can_be_sent(site):
    assert site("/health/ready/").status == 200


def test_each_request_has_a_number_that_no_stranger_chooses(site):
    told = json.loads(site("/", headers={"X-Request-ID": "mine"}).body)
    assert len(told["x-request-id"]) == 32


def test_what_a_stranger_says_of_herself_is_replaced(site):
    claimed = {
        "X-Forwarded-For": "203.0.113.9, 203.0.113.10",
        "X-Forwarded-Proto": "http",
        "Host": "portal.example.org",
    }
    heard = json.loads(site("/", headers=claimed).body)
    assert heard["x-forwarded-for"] == "127.0.0.1"
    assert heard["x-forwarded-proto"] == "https"
    assert heard["host"] == "portal.example.org"


def test_plain_http_is_sent_on(site):
    answer = site("/my/?page=2", secure=False, headers={"Host": "portal.example.org"})
    assert (answer.status, answer.headers["Location"]) == (301, "https://portal.example.org/my/?page=2")


def test_a_body_may_be_as_large_as_the_application_wants_to_answer_for_and_no_larger(site):
    allowed = max(settings.IMPORT_MAX_BYTES, 3 * settings.CASE_DOCUMENT_MAX_BYTES)
    assert site("/my/", body=b"x" * allowed).status == 200
    assert site("/my/", body=b"x" * (allowed + 1)).status == 413
    video = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE + 4096  # and the form around it
    assert site("/admin/documents/add/", body=b"x" * video).status == 200


def test_the_log_holds_no_query_and_no_token(site):
    site(f"/children/answer/{TOKEN}/?phone=13800000000")
    time.sleep(0.2)
    logged = (site.root / "mumian.log").read_text()
    assert "/children/answer/*/" in logged
    assert TOKEN not in logged and "13800000000" not in logged and "?" not in logged
