// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
package import Hummingbird
import Logging

/// Checks each request, finds its route and completes the answer.
///
/// The checks stand in one place and in one order, before any route runs: what a web configuration
/// says about rates and users, whose name the request bears, its method, that it has no body, its
/// path, where a browser sent it from, its parameters.
package struct WebResponder: HTTPResponder {
    private let hosts: HostPolicy
    private let routes: [String: WebRoute]
    private let usage: WebUsageCounter
    private let security: WebSecuritySource?

    init(
        hosts: HostPolicy,
        routes: [WebRoute],
        usage: WebUsageCounter,
        security: WebSecuritySource?
    ) {
        self.hosts = hosts
        self.routes = Dictionary(routes.map { ($0.path, $0) }) { first, _ in first }
        self.usage = usage
        self.security = security
    }

    package func respond(
        to request: Request,
        context: WebRequestContext
    ) async throws -> Response {
        let access = await WebAccess.of(request, to: security, logger: context.logger)
        var response =
            switch access.refusal.map(Result.failure) ?? check(request) {
            case .success(let (route, parameters)):
                await route.handler(
                    WebRequest(
                        headers: request.headers,
                        parameters: parameters,
                        peer: context.peer,
                        logger: context.logger
                    )
                )
            case .failure(let refusal):
                refuse(request, as: refusal, context: context)
            }
        response.addSecurityHeaders(access.headers)
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func refuse(
        _ request: Request,
        as refusal: Refusal,
        context: WebRequestContext
    ) -> Response {
        usage.count(refusal.reason)
        // At debug level: anybody who can connect can cause any number of these.
        context.logger.debug(
            "Request refused",
            metadata: [
                "reason": "\(refusal.reason.label)", "status": "\(refusal.status.code)",
                "peer": "\(context.peer ?? "unknown")",
            ]
        )
        return .plainText(refusal.status, refusal.message, headers: refusal.headers)
    }

    private func check(_ request: Request) -> Result<(WebRoute, QueryParameters), Refusal> {
        // Two Host lines, or a server before us that reads the other one, hide the real name.
        guard !request.headers.contains(.hostLine) else {
            return .failure(Refusal(.badRequest, .host, "more than one Host header"))
        }
        guard hosts.permits(request.head.authority) else {
            return .failure(
                Refusal(
                    .forbidden,
                    .host,
                    "host name not allowed; add it with --web.allowed-host"
                )
            )
        }
        guard request.method == .get || request.method == .head else {
            return .failure(
                Refusal(
                    .methodNotAllowed,
                    .method,
                    "only GET and HEAD are allowed",
                    headers: [.allow: "GET, HEAD"]
                )
            )
        }
        guard !Self.hasBody(request) else {
            return .failure(
                Refusal(
                    .badRequest,
                    .body,
                    "no request body is accepted",
                    headers: [.connection: "close"]
                )
            )
        }
        guard let route = routes[request.uri.path] else {
            return .failure(Refusal(.notFound, .path, "not found"))
        }
        if route.refusesCrossSite, request.headers[.secFetchSite] == "cross-site" {
            return .failure(Refusal(.forbidden, .origin, "not for pages of other sites"))
        }
        do throws(QueryParameters.Problem) {
            let parameters = try QueryParameters(
                parsing: request.uri.query,
                allowed: route.parameters
            )
            return .success((route, parameters))
        } catch {
            return .failure(Refusal(.badRequest, .query, error.description))
        }
    }

    private static func hasBody(_ request: Request) -> Bool {
        if request.headers[.transferEncoding] != nil { return true }
        guard let length = request.headers[.contentLength] else { return false }
        return length != "0"
    }
}

/// Why a request is not answered, and what its sender is told.
struct Refusal: Error {
    let status: HTTPResponse.Status
    let reason: WebUsage.Rejection
    let message: String
    let headers: HTTPFields

    init(
        _ status: HTTPResponse.Status,
        _ reason: WebUsage.Rejection,
        _ message: String,
        headers: HTTPFields = [:]
    ) {
        self.status = status
        self.reason = reason
        self.message = message
        self.headers = headers
    }
}
