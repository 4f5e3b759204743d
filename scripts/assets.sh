#!/usr/bin/env bash
# Builds the front-end bundle (ui/front → ui/dist). Does nothing when the bundle is newer than its sources.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/need.sh
if [ -d ui/dist ] && [ -z "$(find ui/front -path ui/front/node_modules -prune -o -type f -newer ui/dist -print -quit)" ]; then
    exit 0
fi
need_node
say "front end: installing and bundling"
(cd ui/front && npm ci --no-audit --no-fund --silent && npm run --silent build)
touch ui/dist
