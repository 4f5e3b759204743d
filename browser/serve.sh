#!/usr/bin/env bash
# A fresh sample district for one run of the journeys, gone when the run ends.
set -euo pipefail
cd "$(dirname "$0")/.."
target="${CARGO_TARGET_DIR:-$HOME/.cache/yimen/target}"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export YIMEN_DATA="$folder" YIMEN_LISTEN="127.0.0.1:${BROWSER_PORT:-8181}" YIMEN_LOG="${YIMEN_LOG:-warn}"
"$target/debug/yimen" load samples/chancheng --residents 300
# What the neighbouring district hands over, for the journey that compares with it.
place="${TMPDIR:-/tmp}/yimen-browser-${BROWSER_PORT:-8181}-place.json"
rm -f "$place"
"$target/debug/yimen" export place samples/nanhai "$place" > /dev/null
# The twin of the courier listens where the journeys find it; the others find out from what the server says.
twins="127.0.0.1:$((${BROWSER_PORT:-8181} + 1))" secret=a-secret-of-the-journeys
"$target/debug/yimen" twins --listen "$twins" --secret "$secret" > /dev/null &
beside=$!
export YIMEN_LINES_COURIER_URL="http://$twins/courier" YIMEN_LINES_COURIER_SECRET="$secret"
"$target/debug/yimen" serve --demo > >(tee "${TMPDIR:-/tmp}/yimen-browser-${BROWSER_PORT:-8181}.txt") &
server=$!
trap 'kill -TERM $server $beside 2>/dev/null; wait $server; rm -rf "$folder"' TERM INT EXIT
wait $server
