"""The nginx of deploy/, with its own files, in front of any ports of this machine."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib import error, request

from tests.served import ROOT, free_port

NGINX = ROOT / "deploy" / "nginx"
UNVERIFIED = ssl.create_default_context()
UNVERIFIED.check_hostname = False
UNVERIFIED.verify_mode = ssl.CERT_NONE


@contextmanager
def nginx(
    folder: Path, ports: Sequence[int], changes: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Its address. The folder gets access.txt and error.txt, and what it says in said.txt.

    Args:
        changes: what to replace in guidepost.conf, and by what.
    """
    (folder / "certificates").mkdir(parents=True)
    certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    files = ["-keyout", "certificates/site.key", "-out", "certificates/site.pem"]
    named = [*certificate, *files, "-subj", "/CN=localhost"]
    subprocess.run(named, cwd=folder, check=True, capture_output=True)
    upstream = (NGINX / "replicas.conf").read_text()
    for number, port in enumerate(ports, 1):
        upstream = upstream.replace(f"replica-{number}:5005", f"127.0.0.1:{port}")
    (folder / "replicas.conf").write_text(upstream)
    port = free_port()
    site = (NGINX / "guidepost.conf").read_text()
    moved = {"listen 443": f"listen 127.0.0.1:{port}", "/dev/stdout": str(folder / "access.txt")}
    for old, new in {**moved, **(changes or {})}.items():
        assert old in site, old
        site = site.replace(old, new)
    (folder / "guidepost.conf").write_text(site)
    shutil.copy(NGINX / "nginx.conf", folder)
    options = ["-p", str(folder), "-c", "nginx.conf", "-e", str(folder / "error.txt")]
    command = ["nginx", *options, "-g", f"daemon off; pid {folder}/pid;"]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
    try:
        _await(f"https://127.0.0.1:{port}/health")
        yield f"https://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _await(url: str) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            with request.urlopen(url, timeout=5, context=UNVERIFIED):
                return
        except error.HTTPError:
            return  # nginx answers, whatever stands behind it
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
