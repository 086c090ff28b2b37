// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird

/// Answers `/sd/profiles`: a target for each group, as Prometheus' http_sd has them.
///
/// A scraper's labels belong to its target and not to samples, so each group is to be scraped by
/// itself for its name to become `service_name`.
enum ProfileDiscovery {
    /// - Parameter host: the name by which the request reached this server; the scraper gets there
    ///   by it, too.
    static func response(host: String?, groups: [ProfiledGroup]) -> Response {
        guard let host, !host.isEmpty else {
            return .plainText(.badRequest, "a Host header is needed: it becomes the target")
        }
        let entries =
            groups.lazy.map(\.name).filter(GroupParameter.isGood).map { name in
                let group = JSONText.quoted(name)
                return #"{"targets":[\#(JSONText.quoted(host))],"#
                    + #""labels":{"__param_group":\#(group),"service_name":\#(group)}}"#
            }
        let text = "[\(entries.joined(separator: ","))]\n"
        return .bytes(.ok, Array(text.utf8), contentType: "application/json")
    }
}
