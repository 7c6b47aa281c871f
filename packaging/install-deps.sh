#!/bin/sh
# Installs what it takes to build, test and run Vitrine: Debian 12 or newer, and what derives from it.
# Quick when nothing is missing. Further packages may be named: packaging/install-deps.sh clang-format-14
set -eu

packages="ca-certificates cmake ninja-build g++ pkg-config
  libtorch-dev libopenblas0-openmp libminizip-dev libseccomp-dev zlib1g-dev
  qt6-base-dev qt6-charts-dev libqt6opengl6-dev qt6-svg-dev qt6-image-formats-plugins"

say() { printf 'install-deps: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

missing_packages() {
  for package in "$@"; do
    case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true) in
      installed) ;;
      *) printf '%s ' "$package" ;;
    esac
  done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

check_root() {
  [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null 2>&1 ||
    die "this needs root, and sudo is not here. Run as root: apt-get install --no-install-recommends $missing"
}

# Three tries, as mirrors have bad minutes; apt's own words only when all of them failed.
apt_get() {
  log=$(mktemp)
  for pause in 2 10 0; do
    if as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=120 "$@" >"$log" 2>&1; then
      rm -f "$log"
      return 0
    fi
    sleep "$pause"
  done
  cat "$log" >&2
  rm -f "$log"
  return 1
}

install_missing() {
  check_root
  say "installing: $missing"
  apt_get update ||
    die "the package lists could not be fetched. Check the network and /etc/apt/sources.list, then run this again."
  for package in $missing; do
    apt-cache show "$package" >/dev/null 2>&1 || die "this distribution has no package $package.
  Vitrine is built from the packages of Debian 12 (bookworm) or newer; README.md lists what it uses."
  done
  # shellcheck disable=SC2086 # one word a package
  apt_get install -y --no-install-recommends $missing ||
    die "apt-get could not install: $missing"
  say "installed."
}

# LibTorch multiplies matrices through whatever serves libblas.so.3; the choice belongs to the user.
check_blas() {
  for name in libblas.so.3 libopenblas.so.0; do
    for link in /etc/alternatives/"$name"-*; do
      [ -e "$link" ] || continue
      case $(readlink "$link") in
        */openblas-openmp/*) ;;
        *) say "note: $name is served by $(readlink "$link"), which makes LibTorch slow or its timings erratic.
  To change it: update-alternatives --config ${link##*/}   (choose openblas-openmp)" ;;
      esac
    done
  done
  [ -z "$(missing_packages libopenblas0-pthread)" ] &&
    say "note: libopenblas0-pthread stands beside libopenblas0-openmp. Mixed, they break LibTorch; unless
  something else needs it: apt-get remove libopenblas0-pthread"
  return 0
}

if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-query >/dev/null 2>&1; then
  die "there is no apt here. Vitrine is built from the packages of Debian 12 or newer:
  $packages"
fi

# shellcheck disable=SC2086
missing=$(missing_packages $packages "$@")
[ -z "$missing" ] || install_missing
check_blas
