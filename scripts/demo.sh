#!/usr/bin/env bash
# Builds everything, loads the sample district once, and serves it. PORT, DATA and DATABASE_URL choose where.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/need.sh
: "${PORT:=8080}" "${DATA:=data}" "${DATABASE_URL:=}" "${RESIDENTS:=5000}"
need_rust
scripts/assets.sh
say "building yimen (the first time takes some minutes)"
cargo build --package yimen --bin yimen
yimen="${CARGO_TARGET_DIR:-target}/debug/yimen"
mkdir -p "$DATA"
export YIMEN_DATA="$DATA" YIMEN_LISTEN="127.0.0.1:$PORT"
[ -z "$DATABASE_URL" ] || export YIMEN_DATABASE_URL="$DATABASE_URL"
"$yimen" load samples/chancheng --residents "$RESIDENTS" --if-empty
exec "$yimen" serve --demo
