// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Hummingbird
package import Logging

/// A page of the web server: where it is, what it takes and how it is made.
package struct WebRoute: Sendable {
    /// The exact path, beginning with a slash.
    package let path: String

    /// What the landing page calls it.
    package let title: String

    /// The parameters it knows; any other is refused.
    package let parameters: Set<String>

    /// Whether a browser may not load it from another site's page (`Sec-Fetch-Site`).
    package let refusesCrossSite: Bool

    /// Makes the answer; HEAD requests get its headers alone.
    package let handler: @Sendable (WebRequest) async -> Response

    package init(
        path: String,
        title: String,
        parameters: Set<String> = [],
        refusesCrossSite: Bool = false,
        handler: @escaping @Sendable (WebRequest) async -> Response
    ) {
        self.path = path
        self.title = title
        self.parameters = parameters
        self.refusesCrossSite = refusesCrossSite
        self.handler = handler
    }
}

/// What a route sees of a request that was found good.
package struct WebRequest: Sendable {
    package let headers: HTTPFields
    package let parameters: QueryParameters

    /// The client's IP address, for the log; nil if it is not known.
    package let peer: String?
    package let logger: Logger
}
