#!/usr/bin/env bash
# A fresh sample district for one run of the journeys, gone when the run ends.
set -euo pipefail
cd "$(dirname "$0")/.."
target="${CARGO_TARGET_DIR:-$HOME/.cache/yimen/target}"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export YIMEN_DATA="$folder" YIMEN_LISTEN="127.0.0.1:${BROWSER_PORT:-8181}" YIMEN_LOG="${YIMEN_LOG:-warn}"
"$target/debug/yimen" load samples/chancheng --residents 300
# The journeys find the twins of outside systems by what the server says of them.
"$target/debug/yimen" serve --demo > >(tee "${TMPDIR:-/tmp}/yimen-browser-${BROWSER_PORT:-8181}.txt") &
server=$!
trap 'kill -TERM $server 2>/dev/null; wait $server; rm -rf "$folder"' TERM INT EXIT
wait $server
