# What a machine needs before Yimen can be built, tested or shown. Sourced by the other scripts.
# Each `need_*` finds a thing, installs it where that can be done quietly, or says plainly what is missing and how to get it.

say()  { printf '\033[1m%s\033[0m\n' "$*"; }
fail() { printf '\n\033[1;31m缺少 / missing:\033[0m %s\n' "$*" >&2; exit 1; }

# Installs Debian packages when we are root on Debian; otherwise prints the command a person would type.
debian() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "installing: $*"
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } \
            >/tmp/yimen-apt.log 2>&1 || { tail -5 /tmp/yimen-apt.log >&2; fail "$* (apt-get failed, see above)"; }
    else
        fail "$*. Please run: sudo apt-get install $*"
    fi
}

need_rust() {
    command -v cargo >/dev/null || fail "the Rust toolchain. See https://rustup.rs, then run this again"
    command -v cc >/dev/null || debian build-essential
}

need_node() {
    command -v npm >/dev/null || debian nodejs npm
    [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ] || fail "Node 18 or newer (found $(node --version))"
}

need_postgres() {
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || debian postgresql
    command -v setpriv >/dev/null || debian util-linux
}

need_browser() {
    command -v chromium >/dev/null || debian chromium
    fc-list :lang=zh 2>/dev/null | grep -q . || debian fontconfig fonts-noto-cjk
}

# Printed documents are set in Noto Serif CJK; without it the pages stay, the PDFs are refused with a word on what to install.
need_fonts() {
    ls /usr/share/fonts/*/*/NotoSerifCJK-Regular.ttc >/dev/null 2>&1 || debian fonts-noto-cjk
}
