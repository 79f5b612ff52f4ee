"""The assistant without a network, on read-only files, without any right of an administrator."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.served import ROOT

ASK = """
import json, subprocess, sys, time
from urllib import request
from pathlib import Path

try:
    Path("school.yml").open("a")
    sys.exit("the files can be written")
except OSError:
    pass
try:
    request.urlopen("http://192.0.2.1/", timeout=2)
    sys.exit("there is a network")
except OSError:
    pass
server = subprocess.Popen([sys.executable, "-m", "serving", "run"])
try:
    for _ in range(600):
        time.sleep(0.2)
        try:
            state = json.loads(request.urlopen("http://127.0.0.1:5005/ready").read())
            break
        except OSError:
            assert server.poll() is None
    def post(path, given):
        asked = request.Request("http://127.0.0.1:5005/webhooks/web/" + path,
            json.dumps(given).encode(), {"Content-Type": "application/json"})
        return json.loads(request.urlopen(asked).read())
    sender = post("session", {})["sender"]
    replies = post("webhook", {"sender": sender, "message": "how much do they make"})
    print(json.dumps({"state": state, "kind": replies[0]["custom"]["kind"]}))
finally:
    server.terminate()
    server.wait(30)
"""


def may_unshare() -> bool:
    """Whether this user may make name spaces of the kernel."""
    tools = all(map(shutil.which, ("unshare", "setpriv", "ip", "mount")))
    tried = ["unshare", "--net", "--mount", "true"]
    return tools and subprocess.run(tried, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not may_unshare(), reason="needs root and Linux's name spaces")
def test_it_answers_without_network_rights_or_a_place_to_write(tmp_path: Path) -> None:
    """A whole answer, and a store that writes, with two folders to write in."""
    data, temporary = tmp_path / "data", tmp_path / "temporary"
    data.mkdir()
    temporary.mkdir()
    steps = [
        "ip link set lo up",
        "mount --bind / /",  # so that the root itself can be made read-only
        f"mount --bind {tmp_path} {tmp_path}",
        "mount -o remount,bind,ro /",
        f"cd {ROOT}",
        # The interpreter may stand in a folder that is closed to other users, so the user stays.
        "exec setpriv --bounding-set=-all --inh-caps=-all --no-new-privs"
        f' {sys.executable} -c "$ASK"',
    ]
    done = subprocess.run(
        ["unshare", "--net", "--mount", "sh", "-ec", "\n".join(steps)],
        env={
            **os.environ,
            "ASK": ASK,
            "PORT": "5005",
            "HOME": "/nowhere",
            "GUIDEPOST_DATA": str(data),
            "TMPDIR": str(temporary),  # a model is unpacked there
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:] + done.stdout[-500:]
    said = json.loads(done.stdout.splitlines()[-1])
    assert said == {"state": {"turn": True, "store": True}, "kind": "answer"}
    assert "Traceback" not in done.stderr
    assert {"conversations.db", "sessions.key"} <= {path.name for path in data.iterdir()}
