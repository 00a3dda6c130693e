"""The configuration of ``deploy/nginx`` with the folders and ports of one run, for Debian's nginx on loopback."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILES = ("mumian.conf", "proxy.conf", "upstream.debian.conf")
UPSTREAM = "    server 127.0.0.1:8000;\n"


def certificate(root: Path) -> Path:
    """A certificate of two days for this machine's own address, and its key, in ``root/tls``."""
    folder = root / "tls"
    folder.mkdir()
    made = folder / "fullchain.pem"
    names = ("-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names]
    command += ["-keyout", str(folder / "privkey.pem"), "-out", str(made)]
    subprocess.run(command, check=True, capture_output=True)
    return made


def configuration(root: Path, *, applications: Sequence[int], plain: int, secure: int) -> Path:
    """Our files as they are deployed, and the little around them that Debian's nginx.conf has.

    The data of the installation lies in ``root/var``; ``applications`` are the ports of the web processes.
    """
    for name in FILES:
        text = (ROOT / "deploy" / "nginx" / name).read_text()
        for theirs, ours in {
            "/etc/mumian/nginx": f"{root}",
            "/etc/mumian": f"{root}",
            "/var/lib/mumian": f"{root}/var",
            "/var/log/nginx": f"{root}",
            UPSTREAM: "".join(f"    server 127.0.0.1:{port};\n" for port in applications),
            "listen [::]:": "# listen [::]:",
            "listen 80 ": f"listen 127.0.0.1:{plain} ",
            "listen 443 ": f"listen 127.0.0.1:{secure} ",
        }.items():
            text = text.replace(theirs, ours)
        (root / name).write_text(text)
    scratch = " ".join(f"{kind}_temp_path {root}/{kind};" for kind in ("proxy", "fastcgi", "uwsgi", "scgi"))
    (root / "nginx.conf").write_text(
        f"daemon off; pid {root}/pid; error_log {root}/start.log; worker_processes 1; worker_rlimit_nofile 20000;\n"
        "events { worker_connections 8192; }\n"
        f"http {{ include /etc/nginx/mime.types; client_body_temp_path {root}/body; {scratch}\n"
        f"include {root}/upstream.debian.conf; include {root}/mumian.conf; }}\n"
    )
    return root / "nginx.conf"
