// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import HTTPTypes
package import Hummingbird
package import Logging

/// A page of the web server: where it is, what it takes and how it is made.
package struct WebRoute: Sendable {
    /// The exact path, beginning with a slash.
    package let path: String

    /// What the landing page calls it; nil if it has no link there.
    package let title: String?

    /// The parameters it knows; any other is refused.
    package let parameters: Set<String>

    /// Whether a browser may not load it from another site's page (`Sec-Fetch-Site`).
    package let refusesCrossSite: Bool

    /// Why nobody gets it, as a line for the client; nil if it is served.
    package let refusal: String?

    /// Makes the answer; HEAD requests get its headers alone.
    package let handler: @Sendable (WebRequest) async -> Response

    /// Told of each answer to a request for this path, also where it was refused, and how long that
    /// took.
    let answered: @Sendable (HTTPResponse.Status, Duration) -> Void

    package init(
        path: String,
        title: String?,
        parameters: Set<String> = [],
        refusesCrossSite: Bool = false,
        refusal: String? = nil,
        answered: @escaping @Sendable (HTTPResponse.Status, Duration) -> Void = { _, _ in },
        handler: @escaping @Sendable (WebRequest) async -> Response
    ) {
        self.path = path
        self.title = title
        self.parameters = parameters
        self.refusesCrossSite = refusesCrossSite
        self.refusal = refusal
        self.answered = answered
        self.handler = handler
    }
}

/// The paths from one on downwards, where they have the look of their errors in common.
struct WebSection: Sendable {
    /// Without a slash at its end.
    let path: String

    /// The line for a path that is no route.
    let notFound: String

    /// What answers other than 200 bear.
    let errorHeaders: HTTPFields

    func contains(_ path: String) -> Bool {
        path == self.path || path.hasPrefix(self.path + "/")
    }
}

/// What a route sees of a request that was found good.
package struct WebRequest: Sendable {
    /// Whether the answer's headers are all that is sent of it.
    package let isHead: Bool

    /// The Host header, which was found good; nil for none.
    package let host: String?
    package let headers: HTTPFields
    package let parameters: QueryParameters

    /// The client's IP address, for the log; nil if it is not known.
    package let peer: String?
    package let logger: Logger

    /// Tells when the client has gone.
    let hangUp: HangUp
}
