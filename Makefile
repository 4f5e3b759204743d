# Two commands for a newcomer: `make demo` and `make test`. The build directory is a cache outside the clone.
export CARGO_TARGET_DIR ?= $(HOME)/.cache/yimen/target
PORT ?= 8080
DATA ?= data
DATABASE_URL ?=
export PORT DATA DATABASE_URL

.PHONY: demo test assets lint format charts bench browser

demo:      ; @scripts/demo.sh
test:      ; @scripts/test.sh
assets:    ; @scripts/assets.sh
browser:   ; @scripts/browser.sh
format:    ; cargo fmt --all
lint:      ; @scripts/assets.sh && cargo fmt --all --check && cargo clippy --workspace --all-targets -- -D warnings && cargo xtask tidy
charts:    ; UPDATE_CHARTS=1 cargo test --workspace chart
bench:     ; @scripts/bench.sh
