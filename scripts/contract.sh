#!/usr/bin/env bash
# Holds a running interface against its own OpenAPI document: schemathesis makes up calls, sound and unsound, and looks
# whether every answer is one the document promises. A fresh server with the sample district; not part of `make test`.
# EXAMPLES is how many calls are made up for each operation; further arguments go to schemathesis.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/need.sh
: "${EXAMPLES:=40}" "${CONTRACT_PORT:=8182}"
command -v python3 >/dev/null || debian python3 python3-venv
tools="${XDG_CACHE_HOME:-$HOME/.cache}/yimen/contract"
if [ ! -x "$tools/bin/schemathesis" ]; then
    say "installing schemathesis"
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet "schemathesis==4.32.5"
fi
yimen="${CARGO_TARGET_DIR:-$HOME/.cache/yimen/target}/debug/yimen"
[ -x "$yimen" ] || fail "the program. Run \`make demo\` or \`cargo build\` first"
folder=$(mktemp -d)
export YIMEN_DATA="$folder" YIMEN_LISTEN="127.0.0.1:$CONTRACT_PORT" YIMEN_LOG=error YIMEN_LIMITS_TOKEN_CALLS_MINUTE=1000000
"$yimen" load samples/chancheng --residents 50
"$yimen" token system contract --role clerk --region 440604 >/dev/null
token=$("$yimen" token make contract --scope catalog:read --scope cases:read --scope cases:act \
    --scope applications:file --scope webhooks 2>/dev/null)
"$yimen" serve --demo >/dev/null &
server=$!
trap 'kill -TERM $server 2>/dev/null; wait $server || true; rm -rf "$folder"' EXIT
until curl -sf "http://$YIMEN_LISTEN/health" >/dev/null; do sleep 0.2; done
# Sessions are left out: signing in has a brake against guessing. Ids that are made up name nothing, which is 404.
"$tools/bin/schemathesis" run "http://$YIMEN_LISTEN/api/v1/openapi.json" --url "http://$YIMEN_LISTEN/api/v1" \
    --header "Authorization: Bearer $token" --exclude-tag session --max-examples "$EXAMPLES" --phases examples,fuzzing \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance "$@"
