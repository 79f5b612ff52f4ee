#!/usr/bin/env bash
# Installs the Debian packages that slow tests need, and those named, where they are missing and
# we may.
set -euo pipefail
packages="chromium nginx-light postgresql $*"

missing=$(for package in $packages; do
  dpkg-query -W -f='${Status}' "$package" 2> /dev/null | grep -q 'ok installed' || echo "$package"
done)
if [ -z "$missing" ]; then
  exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
  echo "Not installed, so some tests are left out:" $missing
  exit 0
fi
mkdir -p .cache
echo "Installing for the tests:" $missing "..."
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # a list of names
(apt-get update -q && apt-get install -q -y --no-install-recommends $missing) > .cache/tests-setup.log 2>&1 ||
  echo "That failed (see .cache/tests-setup.log), so some tests are left out."
