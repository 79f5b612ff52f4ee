#!/usr/bin/env bash
# Whether the built pages are what the sources build: built again and compared.
set -euo pipefail
cd "$(dirname "$0")"
if ! command -v npm > /dev/null; then
  echo "npm is missing, so the built pages are not compared with their sources."
  [ -z "${CI:-}" ]
  exit
fi
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
mkdir -p ../.cache
{
  npm ci --ignore-scripts
  npx tsc --noEmit
  npx vite build --outDir "$fresh/page"
  npx vite build --config vite.loader.ts --outDir "$fresh/page"
} > ../.cache/web.log 2>&1 || { tail -5 ../.cache/web.log; exit 1; }
# What is inside the compressed files counts: another zlib packs the same bytes in another way.
node compare.js "$fresh/page" ../channels/page
