# shellcheck shell=sh
# Sourced by the scripts beside it: makes sure that what the build needs is there.

say() { printf '\033[2m%s\033[0m\n' "evenkeel: $*" >&2; }
die() { printf '%s\n' "evenkeel: $*" >&2; exit 1; }

# need_swift: the toolchain is the one thing that is not installed here.
need_swift() {
    command -v swift >/dev/null 2>&1 ||
        die "Swift is not installed. Get version 6.2 or later from swift.org/install, then run this again."
}

# need_packages NAME…: installs the system packages that are missing, and says so.
need_packages() {
    case "$(uname -s)" in
    Darwin) return ;; # ncurses comes with the system
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
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || die "run this as root, or install these yourself:$missing"
        as_root="sudo -n"
    fi
    log=$(mktemp)
    # shellcheck disable=SC2086 # words on purpose
    { $as_root apt-get update && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y --no-install-recommends $missing; } \
        >"$log" 2>&1 || { tail -n 20 "$log" >&2; die "installing failed:$missing"; }
    rm -f "$log"
}

# resilience_alone DIRECTORY: makes it a package of the Resilience library alone, by links to this one. Built in place, this
# package would lose its Package.resolved, because SwiftPM removes what nothing needs.
resilience_alone() {
    mkdir -p "$1"
    for name in Package.swift Sources Tests; do ln -sfn "../$name" "$1/$name"; done
    export EVENKEEL_ONLY=Resilience
}
