// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
package import Hummingbird

extension Response {
    /// A short answer in plain text.
    ///
    /// - Parameter line: one line without its end.
    package static func plainText(
        _ status: HTTPResponse.Status,
        _ line: String,
        headers: HTTPFields = [:]
    ) -> Response {
        bytes(status, Array((line + "\n").utf8), contentType: "text/plain; charset=utf-8", headers)
    }

    /// An answer of bytes.
    package static func bytes(
        _ status: HTTPResponse.Status,
        _ bytes: [UInt8],
        contentType: String,
        _ headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = contentType
        return Response(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    /// Adds the headers that every answer bears; a route may set a policy of its own before.
    ///
    /// - Parameter configured: what an operator has instead of them, or beside them.
    mutating func addSecurityHeaders(_ configured: HTTPFields = [:]) {
        headers[.xContentTypeOptions] = "nosniff"
        headers[.cacheControl] = "no-store"
        headers[.referrerPolicy] = "no-referrer"
        headers[.xFrameOptions] = "DENY"
        if headers[.contentSecurityPolicy] == nil {
            headers[.contentSecurityPolicy] =
                configured[.contentSecurityPolicy]
                ?? "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        }
        for field in configured where field.name != .contentSecurityPolicy {
            headers[field.name] = field.value
        }
    }
}

extension HTTPField.Name {
    /// A name that the code writes out; all of them are valid tokens.
    private static func literal(_ name: StaticString) -> HTTPField.Name {
        guard let name = HTTPField.Name(name.description) else {
            preconditionFailure("\(name) is not a header name")
        }
        return name
    }

    static let referrerPolicy = literal("Referrer-Policy")
    static let xFrameOptions = literal("X-Frame-Options")
    static let goPprof = literal("X-Go-Pprof")
    static let secFetchSite = literal("Sec-Fetch-Site")
    static let hostLine = literal("Host")
    static let scrapeTimeout = literal("X-Prometheus-Scrape-Timeout-Seconds")
}
