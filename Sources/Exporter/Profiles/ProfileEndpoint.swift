// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The pages that give profiles: a closed set of label values.
enum ProfileEndpoint: CaseIterable, Sendable {
    case profile
    case wall
    case flamegraph

    var path: String {
        switch self {
        case .profile: "/debug/pprof/profile"
        case .wall: "/debug/pprof/wall"
        case .flamegraph: "/flamegraph"
        }
    }

    var label: StaticString {
        switch self {
        case .profile: "profile"
        case .wall: "wall"
        case .flamegraph: "flamegraph"
        }
    }
}
