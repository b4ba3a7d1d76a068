# shellcheck shell=sh
# Sourced by the scripts beside it: makes sure that what the build needs is there.

say() { printf '\033[2m%s\033[0m\n' "evenkeel: $*" >&2; }
die() { printf '%s\n' "evenkeel: $*" >&2; exit 1; }

# need_swift: the toolchain is the one thing that is not installed here.
need_swift() {
    command -v swift >/dev/null 2>&1 ||
        die "Swift is not installed. Get version 6.2 or later from swift.org/install, then run this again."
}

# as_root COMMAND…: runs it as root, if that needs no password.
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi; }

# need_packages NAME…: installs the system packages that are missing, and says so.
need_packages() {
    case "$(uname -s)" in
    Darwin) return ;; # ncurses and SQLite come with the system
    Linux) ;;
    *) die "neither Linux nor macOS: install these yourself, then use swift build: $*" ;;
    esac
    command -v dpkg-query >/dev/null 2>&1 || die "not Debian or Ubuntu: install the equivalents of these, then use swift build: $*"

    missing=""
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0

    say "installing$missing"
    [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null 2>&1 ||
        die "run this as root, or install these yourself:$missing"
    log=$(mktemp)
    # shellcheck disable=SC2086 # words on purpose
    { as_root apt-get update && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; } \
        >"$log" 2>&1 || { tail -n 20 "$log" >&2; die "installing failed:$missing"; }
    rm -f "$log"
}

# need_promtool: sets PROMTOOL to Prometheus' checker, empty where it can't be had. It is unpacked from the distribution's package
# (20 MB), because installing that would start a Prometheus server.
need_promtool() {
    PROMTOOL=$(command -v promtool || true)
    [ -z "$PROMTOOL" ] || return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        say "promtool is not installed: metrics and alert rules are not checked with it"
        return 0
    fi
    PROMTOOL=$PWD/.build-promtool/usr/bin/promtool
    [ ! -x "$PROMTOOL" ] || return 0
    say "fetching promtool"
    mkdir -p .build-promtool
    log=$(mktemp)
    (
        cd .build-promtool &&
            { apt-get download prometheus || { as_root apt-get update && apt-get download prometheus; }; } &&
            dpkg-deb --fsys-tarfile prometheus_*.deb | tar -x ./usr/bin/promtool && rm prometheus_*.deb
    ) >"$log" 2>&1 || { tail -n 20 "$log" >&2; die "fetching promtool failed: install the package prometheus yourself"; }
    rm -f "$log"
}

# resilience_alone DIRECTORY: makes it a package of the Resilience library alone, by links to this one. Built in place, this
# package would lose its Package.resolved, because SwiftPM removes what nothing needs.
resilience_alone() {
    mkdir -p "$1"
    for name in Package.swift Sources Tests; do ln -sfn "../$name" "$1/$name"; done
    export EVENKEEL_ONLY=Resilience
}
