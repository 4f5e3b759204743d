#!/usr/bin/env bash
# Browser journeys: a fresh server with the sample district, Debian's Chromium, Playwright and axe.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/need.sh
need_node; need_browser
if [ ! -d browser/node_modules ] || [ browser/package-lock.json -nt browser/node_modules ]; then
    (cd browser && npm ci --no-audit --no-fund --silent)
    touch browser/node_modules
fi
(cd browser && npx playwright test "$@")
