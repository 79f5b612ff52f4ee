"""A systemd of a test's own: the first process of name spaces in which it may do as it likes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

SYSTEMD = Path("/lib/systemd/systemd")
PLACE = "opt/guidepost"
BOOT = """
mount --make-rprivate /
mount -t tmpfs -o mode=755 tmpfs "$BASE"
mkdir "$BASE/upper" "$BASE/work" "$BASE/root"
mount -t overlay -o lowerdir=/,upperdir="$BASE/upper",workdir="$BASE/work" overlay "$BASE/root"
cd "$BASE/root"
rm -rf etc/systemd/system/*.wants lib/systemd/system/*.wants
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount --rbind /dev dev
mount -t tmpfs tmpfs run
mount -t tmpfs -o mode=1777 tmpfs tmp
mount -t tmpfs -o mode=755 tmpfs opt
mkdir -p opt/guidepost run/systemd/system/guidepost.service.d .old
cp -r "$PROJECT/." opt/guidepost
mkdir -p opt/guidepost/.tools/python opt/guidepost/.venv/lib opt/guidepost/.venv/bin
mount --bind "$PYTHON" opt/guidepost/.tools/python
mount --bind "$PACKAGES" opt/guidepost/.venv/lib
ln -s /opt/guidepost/.tools/python/bin/python3 opt/guidepost/.venv/bin/python
echo "home = /opt/guidepost/.tools/python/bin" > opt/guidepost/.venv/pyvenv.cfg
cp opt/guidepost/deploy/guidepost.service run/systemd/system
echo "$MORE" > run/systemd/system/guidepost.service.d/test.conf
pivot_root . .old
exec env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot . sh -c \
  'umount -l /.old; exec /lib/systemd/systemd --unit=guidepost.service --log-target=null'
"""
"""What pulls in other services is removed: this systemd starts the one unit alone."""


def cgroup() -> Path | None:
    """The folder of this process's control group, of the second version; None without one."""
    mounts = [line.split() for line in Path("/proc/self/mounts").read_text().splitlines()]
    own = [line for line in Path("/proc/self/cgroup").read_text().splitlines() if line[:3] == "0::"]
    found = [mount[1] for mount in mounts if mount[2] == "cgroup2"]
    return Path(found[0] + own[0][3:]) if found and own else None


def may_boot() -> bool:
    """Whether a systemd of one's own can be started."""
    if os.geteuid() or not SYSTEMD.exists() or not all(map(shutil.which, ("unshare", "mount"))):
        return False
    tried = ["unshare", "--mount", "--pid", "--cgroup", "--fork", "true"]
    return cgroup() is not None and not subprocess.run(tried, check=False).returncode


class Booted:
    """The unit as a systemd of its own runs it, from /opt/guidepost, on this machine's network."""

    def __init__(self, base: Path, project: Path, more: str) -> None:
        """`project`: what stands in /opt/guidepost; `more`: lines to add to the unit."""
        own = cgroup()
        assert own
        self._group = own / f"guidepost-test-{os.getpid()}"
        self._group.mkdir()
        join = f'echo $$ > "{self._group}/cgroup.procs"; exec unshare --mount --pid --cgroup'
        command = f'{join} --ipc --uts --fork --kill-child sh -ec "$BOOT"'
        self._process = subprocess.Popen(
            ["sh", "-ec", command],
            env={
                **os.environ,
                "BOOT": BOOT,
                "BASE": str(base),
                "PROJECT": str(project),
                "PYTHON": sys.base_prefix,
                "PACKAGES": str(Path(sys.prefix).resolve() / "lib"),
                "MORE": more,
            },
        )

    def pids(self) -> list[int]:
        """The processes of the unit."""
        group = self._group / "system.slice" / "guidepost.service" / "cgroup.procs"
        return [int(line) for line in group.read_text().split()] if group.exists() else []

    def stop(self) -> None:
        """End it with all that it started."""
        (self._group / "cgroup.kill").write_text("1")
        self._process.wait(10)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            try:
                for folder, _, _ in os.walk(self._group, topdown=False):
                    os.rmdir(folder)
                return
            except OSError:
                time.sleep(0.1)


def stop_for_ever(pid: int) -> None:
    """Let a process stand still."""
    os.kill(pid, signal.SIGSTOP)
