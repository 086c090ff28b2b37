#!/bin/sh
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
#
# Fails if a program holds full Foundation, linked or built in. With it come CoreFoundation and ICU,
# some 45 MB that the agent has no use for; FoundationEssentials has neither.
#
#   Scripts/check-foundation.sh [PROGRAM]

set -eu

program=${1:-.build/release/ptarmigan}

# Texts that stay in a stripped program, too. A class of CoreFoundation, and the name of ICU's data.
core_foundation_mark=__NSCFType
icu_mark='icudt[0-9]'

fail() {
    echo "check-foundation: $*" >&2
    exit 1
}

# That a mark is absent means something only while the libraries have it, so look there first.
check_mark() {
    mark=$1
    library=$2
    [ -e "$library" ] || return 0
    grep --quiet --text -e "$mark" "$library" ||
        fail "$library has no '$mark' any more: find another text to look for"
}

[ -f "$program" ] || fail "no $program: run 'make build' first"

libraries=$(swift -print-target-info |
    sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1_static\/linux/p')
check_mark "$core_foundation_mark" "$libraries/libCoreFoundation.a"
check_mark "$icu_mark" "$libraries/lib_FoundationICU.a"

linked=$(readelf --dynamic "$program" |
    sed -n 's/.*(NEEDED).*\[\(lib_\{0,1\}Foundation.*\)\].*/\1/p' |
    grep -v '^libFoundationEssentials\.' || true)
[ -z "$linked" ] || fail "$program links $linked: import FoundationEssentials, or do without"

for mark in "$core_foundation_mark" "$icu_mark"; do
    if grep --quiet --text -e "$mark" "$program"; then
        fail "$program holds '$mark': some module or dependency imports Foundation"
    fi
done
echo "check-foundation: $program has no full Foundation ($(stat -c %s "$program") bytes)"
