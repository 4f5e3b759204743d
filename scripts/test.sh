#!/usr/bin/env bash
# The whole suite: rules, stores on both engines, pages, API, journeys, browser. Prints how long each part took.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/need.sh
need_rust; need_postgres; need_browser; need_fonts
part() { local name=$1 start=$SECONDS; shift; say "── $name"; "$@"; timings+=("$(printf '%-34s %4d s' "$name" $((SECONDS - start)))"); }
timings=()
part "front-end bundle" scripts/assets.sh
part "build" cargo build --workspace --all-targets
part "rules, stores, pages, journeys" cargo test --workspace --no-fail-fast
part "sample catalogue checks clean" "${CARGO_TARGET_DIR:-target}/debug/yimen" check samples/chancheng
part "browser journeys" scripts/browser.sh
say "── times"; printf '%s\n' "${timings[@]}" "total $SECONDS s"
