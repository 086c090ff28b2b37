#!/bin/sh
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
#
# Writes the Swift types of the pprof message anew from profile.proto: Debian's protobuf-compiler
# reads it, and the generator that comes with the package's own swift-protobuf writes them.
#
#   Scripts/generate-pprof.sh

set -eu

cd "$(dirname "$0")/.."
folder=Sources/Exporter/Formats/Pprof

command -v protoc >/dev/null || {
    echo "generate-pprof: no protoc here: install Debian's protobuf-compiler" >&2
    exit 1
}

swift build --product protoc-gen-swift
generator=$(swift build --show-bin-path)/protoc-gen-swift
protoc --plugin="$generator" --proto_path="$folder" --swift_out="$folder" profile.proto
# The generator puts its own lines first, and every file here begins with the licence.
header='// Copyright 2026 The Ptarmigan Authors\n// SPDX-License-Identifier: Apache-2.0\n\n'
sed -i "1s|^|$header|" "$folder/profile.pb.swift"
