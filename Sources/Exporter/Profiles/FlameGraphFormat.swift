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
    case grafana
    case pprof
    case text

    /// Those that there are of two profiles, too.
    static let comparing: [FlameGraphFormat] = [.html, .text]

    var contentType: String {
        switch self {
        case .html: "text/html; charset=utf-8"
        case .folded, .text: "text/plain; charset=utf-8"
        case .speedscope, .json, .grafana: "application/json"
        case .pprof: "application/octet-stream"
        }
    }

    /// The headers beside the type.
    var headers: HTTPFields {
        switch self {
        case .html: [.contentSecurityPolicy: FlameGraphPage.contentSecurityPolicy]
        case .pprof: [.contentDisposition: "attachment; filename=\"profile.pb.gz\""]
        case .folded, .speedscope, .json, .grafana, .text: [:]
        }
    }

    /// - Parameter controls: what a page has to pick other profiles with.
    func response(
        _ profile: Profile,
        controls: FlameGraphControls
    ) throws(PprofFormat.Failure) -> Response {
        let bytes =
            switch self {
            case .html: FlameGraphPage.encode(profile, controls: controls.html(of: profile))
            case .folded: FoldedFormat.encode(profile, weight: .microseconds)
            case .speedscope: SpeedscopeFormat.encode(profile)
            case .json: FlameGraphPage.encodeData(profile)
            case .grafana: GrafanaFormat.encode(profile)
            case .pprof: try PprofFormat.encode(profile)
            case .text: TextFormat.encode(profile)
            }
        return .bytes(.ok, bytes, contentType: contentType, headers)
    }

    /// Two profiles, each called by its time.
    ///
    /// There is a table of functions, and for whatever is no table the page.
    func response(
        _ profile: Profile,
        base: Profile,
        controls: FlameGraphControls
    ) -> Response {
        let comparison = ProfileComparison(
            base: ProfileComparison.Side(name: base.timeText, profile: base),
            new: ProfileComparison.Side(name: profile.timeText, profile: profile)
        )
        guard self == .text else {
            let page = DiffPage.encode(comparison, controls: controls.html(of: profile))
            return .bytes(.ok, page, contentType: Self.html.contentType, Self.html.headers)
        }
        return .bytes(.ok, DiffTextFormat.encode(comparison), contentType: contentType, headers)
    }
}

extension Profile {
    fileprivate var timeText: String {
        let (to, isTooLate) = startNanoseconds.addingReportingOverflow(durationNanoseconds)
        return UTCTimeText(from: startNanoseconds, to: isTooLate ? .max : to).description
    }
}
