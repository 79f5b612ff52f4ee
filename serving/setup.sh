#!/usr/bin/env bash
# Makes the environment in .venv: finds or fetches uv, then installs what the lock names.
set -euo pipefail
version=$1
tools=.tools
# A Python that has to be fetched is kept in the project: systemd hides the home folders.
export UV_PYTHON_INSTALL_DIR=$PWD/$tools/python
mkdir -p .cache
log=.cache/setup.log

fail() {
  echo "$1" >&2
  exit 1
}

find_uv() {
  if [ -x "$tools/bin/uv" ]; then
    echo "$tools/bin/uv"
  else
    command -v uv || true
  fi
}

uv=$(find_uv)
if [ -z "$uv" ]; then
  python=$(command -v python3) || fail "Python 3 is missing: install it, then run this again."
  echo "Fetching uv, the installer ..."
  "$python" -m venv "$tools" > "$log" 2>&1 && "$tools/bin/python" -m pip install -q "uv==$version" >> "$log" 2>&1 ||
    "$python" -m pip install -q --target "$tools" "uv==$version" >> "$log" 2>&1 ||
    fail "uv could not be installed: see $log, or install uv by hand, then run this again."
  uv=$tools/bin/uv
fi

echo "Installing Python packages (about 2.5 GB on disk, once) ..."
"$uv" venv -q --allow-existing --python "$(cat .python-version)" .venv > "$log" 2>&1 ||
  fail "Python $(cat .python-version) is missing and could not be fetched: install it, then run this again (see $log)."
"$uv" pip sync -q --require-hashes requirements.lock > "$log" 2>&1 ||
  fail "Installing failed: $(grep -v '^ *$' "$log" | tail -1) (see $log)."
