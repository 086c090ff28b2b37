// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
internal import Profiles

/// The forms in which `/flamegraph` gives a profile.
enum FlameGraphFormat: String, CaseIterable, Sendable {
    case html
    case folded
    case speedscope
    case json
    case pprof
    case text

    var contentType: String {
        switch self {
        case .html: "text/html; charset=utf-8"
        case .folded, .text: "text/plain; charset=utf-8"
        case .speedscope, .json: "application/json"
        case .pprof: "application/octet-stream"
        }
    }

    /// The headers beside the type.
    var headers: HTTPFields {
        switch self {
        case .html: [.contentSecurityPolicy: FlameGraphPage.contentSecurityPolicy]
        case .pprof: [.contentDisposition: "attachment; filename=\"profile.pb.gz\""]
        case .folded, .speedscope, .json, .text: [:]
        }
    }

    func response(_ profile: Profile) throws(PprofFormat.Failure) -> Response {
        let bytes =
            switch self {
            case .html: FlameGraphPage.encode(profile)
            case .folded: FoldedFormat.encode(profile, weight: .microseconds)
            case .speedscope: SpeedscopeFormat.encode(profile)
            case .json: FlameGraphPage.encodeData(profile)
            case .pprof: try PprofFormat.encode(profile)
            case .text: TextFormat.encode(profile)
            }
        return .bytes(.ok, bytes, contentType: contentType, headers)
    }
}
