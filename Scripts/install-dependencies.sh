#!/bin/sh
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
#
# Installs what a build or the tests need from Debian's packages, and only what is missing: with all
# in place it asks dpkg alone, so it needs neither root nor a network. Two programs that benchmarks
# compare with are not in Debian, or too old there; they come from PyPI, and the benchmarks do without
# them elsewhere.
#
#   Scripts/install-dependencies.sh \
#       build|test|fleet|bench|compare|package|package-test|container-test|kernels

set -eu

build_packages='libc6-dev g++ gcc git libcrypt-dev libdw-dev liblzma-dev libsystemd-dev libyaml-dev
    libzstd-dev make pkg-config zlib1g-dev'
test_packages='binutils chromium curl elfutils fonts-dejavu-core gdb golang-go libseccomp2 openssl
    procps python3 python3-jsonschema python3-pip python3-yaml strace util-linux'
# What the programs of the languages' tests are built and run with: a command and its package. A
# machine may have one of another origin, as rustup's.
language_tools='rustc:rustc java:default-jdk-headless javac:default-jdk-headless
    jcmd:default-jdk-headless node:nodejs musl-gcc:musl-tools'
# What the benchmarks compare with.
bench_packages='elfutils g++ libdw-dev libunwind-dev python3 python3-pip stress-ng util-linux'
# The peers, and what counts instructions.
compare_packages='elfutils gdb python3 python3-pip strace util-linux valgrind'
# What the fleet's network is made with, and what its agents are known by.
fleet_packages='iproute2 openssl python3 util-linux'
# What the Debian package is made with, and what it is tried with.
package_packages='binutils dpkg-dev git python3'
package_test_packages='debootstrap lintian systemd-container'
# What the image is built and tried with, without an engine that runs as a service.
container_test_packages='buildah debootstrap runc'
# What other kernels are booted with, and what is in the memory of their machine. libdw names lines there.
kernels_packages='busybox-static coreutils dpkg libdw1 python3 qemu-system-x86 util-linux'
# Used where a distribution has it: its version follows the kernel's.
optional_packages='linux-perf'

# Servers go below here, each in a directory of its own. Their packages are unpacked and not installed:
# installed, they would register services that scrape, listen on every address, and start again at
# each boot. Unpacked, no script of a package runs and there is nothing for a service manager to start.
root=$(cd "$(dirname "$0")/.." && pwd)
servers=$root/.build-tools
# py-spy, into a directory of its own; nothing of the system's Python is changed.
py_spy=$root/.build-tools/py-spy
# Austin, likewise.
austin=$root/.build-tools/austin
# axe-core, likewise: a script for browsers.
axe=$root/.build-tools/axe
# Schemas of Kubernetes, as the package comes.
kubernetes_validate=$root/.build-tools/kubernetes-validate
# The filter of system calls that engines use by default; likewise unpacked and not installed.
seccomp=$root/.build-tools/seccomp

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "install-dependencies: '$*' needs root, and sudo is not installed: run it as root" >&2
        exit 1
    fi
}

is_installed() {
    dpkg-query --show --showformat='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

# Prints those of its arguments that are not installed.
missing_of() {
    for package in "$@"; do
        is_installed "$package" || printf '%s ' "$package"
    done
}

# The package lists are fetched once, and only when something has to be installed.
update_lists() {
    [ -n "${lists_are_new:-}" ] || as_root apt-get update --quiet
    lists_are_new=yes
}

install_missing() {
    missing=$(missing_of "$@")
    [ -n "$missing" ] || return 0
    echo "install-dependencies: installing $missing"
    update_lists
    # shellcheck disable=SC2086 # a list of words
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install --quiet --yes --no-install-recommends $missing
}

# Prints the packages of those tools whose commands are not there.
packages_of_missing() {
    for tool in "$@"; do
        command -v "${tool%%:*}" >/dev/null || printf '%s\n' "${tool#*:}"
    done | sort -u
}

install_optional() {
    for package in $(missing_of "$@"); do
        # From the lists on disk; a package they do not know is left out.
        if apt-cache show "$package" >/dev/null 2>&1; then
            install_missing "$package" || echo "install-dependencies: going on without $package" >&2
        fi
    done
}

# A package, and a program of it that is looked for.
unpack_server() {
    directory=$servers/$1
    if [ -x "$directory/usr/bin/$2" ] || command -v "$2" >/dev/null; then return 0; fi
    echo "install-dependencies: unpacking $1 into .build-tools"
    update_lists
    rm -rf "$directory"
    mkdir -p "$directory"
    # apt-get checks the file against the signed package lists, as for an installation.
    (cd "$directory" && apt-get download --quiet "$1" && dpkg-deb --extract "$1"_*.deb .)
    rm -f "$directory/$1"_*.deb
}

unpack_prometheus() {
    unpack_server prometheus promtool
}

# Into the first directory what the second file names, with version and hashes. The pip that is asked
# is that of the package above.
unpack_from_pypi() {
    echo "install-dependencies: unpacking $(basename "$1") into .build-tools"
    /usr/bin/python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore \
        --no-deps --only-binary :all: --require-hashes --upgrade --target "$1" --requirement "$2"
}

unpack_py_spy() {
    [ ! -x "$py_spy/bin/py-spy" ] || return 0
    unpack_from_pypi "$py_spy" "$root/Scripts/bench/py-spy.txt" ||
        echo "install-dependencies: going on without py-spy" >&2
}

unpack_austin() {
    [ ! -x "$austin/bin/austin" ] || return 0
    unpack_from_pypi "$austin" "$root/Benchmarks/compare/austin.txt" ||
        echo "install-dependencies: going on without austin" >&2
}

unpack_process_exporter() {
    unpack_server prometheus-process-exporter prometheus-process-exporter ||
        echo "install-dependencies: going on without process-exporter" >&2
}

unpack_axe() {
    [ ! -f "$axe/axe_playwright_python/axe.min.js" ] || return 0
    unpack_from_pypi "$axe" "$root/Scripts/axe.txt" ||
        echo "install-dependencies: going on without axe-core" >&2
}

download_kubernetes_validate() {
    set -- "$kubernetes_validate"/*.whl
    [ ! -f "$1" ] || return 0
    echo "install-dependencies: fetching kubernetes-validate.txt into .build-tools"
    mkdir -p "$kubernetes_validate"
    /usr/bin/python3 -m pip download --quiet --disable-pip-version-check --no-deps \
        --only-binary :all: --require-hashes --dest "$kubernetes_validate" \
        --requirement "$root/Scripts/kubernetes-validate.txt" ||
        echo "install-dependencies: going on without kubernetes-validate" >&2
}

unpack_seccomp() {
    [ ! -f "$seccomp/usr/share/containers/seccomp.json" ] || return 0
    [ ! -f /usr/share/containers/seccomp.json ] || return 0
    package=golang-github-containers-common
    echo "install-dependencies: unpacking $package into .build-tools"
    update_lists
    rm -rf "$seccomp"
    mkdir -p "$seccomp"
    (cd "$seccomp" && apt-get download --quiet $package && dpkg-deb --extract $package*.deb . &&
        rm -f $package*.deb) ||
        echo "install-dependencies: going on without an engine's filter of system calls" >&2
}

if ! command -v dpkg-query >/dev/null; then
    echo "install-dependencies: not a Debian system; expecting what $0 lists to be there" >&2
    exit 0
fi

case "${1:-}" in
build)
    # shellcheck disable=SC2086
    install_missing $build_packages
    ;;
test)
    # shellcheck disable=SC2086
    install_missing $build_packages $test_packages $(packages_of_missing $language_tools)
    # shellcheck disable=SC2086
    install_optional $optional_packages
    unpack_prometheus
    unpack_axe
    download_kubernetes_validate
    unpack_seccomp
    ;;
fleet)
    # shellcheck disable=SC2086
    install_missing $build_packages $fleet_packages
    unpack_prometheus
    unpack_server victoria-metrics victoria-metrics
    ;;
bench)
    # shellcheck disable=SC2086
    install_missing $build_packages $bench_packages
    # shellcheck disable=SC2086
    install_optional $optional_packages
    unpack_py_spy
    ;;
compare)
    # shellcheck disable=SC2086
    install_missing $build_packages $compare_packages
    # shellcheck disable=SC2086
    install_optional $optional_packages
    unpack_py_spy
    unpack_austin
    unpack_process_exporter
    ;;
package)
    # shellcheck disable=SC2086
    install_missing $package_packages
    ;;
package-test)
    # shellcheck disable=SC2086
    install_missing $package_packages $package_test_packages
    ;;
container-test)
    # shellcheck disable=SC2086
    install_missing $package_packages $container_test_packages
    unpack_seccomp
    ;;
kernels)
    # shellcheck disable=SC2086
    install_missing $kernels_packages
    ;;
*)
    echo "usage: $0 build|test|fleet|bench|compare|package|package-test|container-test|kernels" >&2
    exit 2
    ;;
esac
