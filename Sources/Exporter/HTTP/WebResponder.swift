// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
package import Hummingbird
import Logging

/// Checks each request, finds its route and completes the answer.
///
/// The checks stand in one place and in one order, before any route runs: what a web configuration
/// says about rates and users, whose name the request bears, its method, that it has no body, its
/// path, where a browser sent it from, its parameters, and whether the route is served.
package struct WebResponder: HTTPResponder {
    private let hosts: HostPolicy
    private let routes: [String: WebRoute]
    private let sections: [WebSection]
    private let usage: WebUsageCounter
    private let hangUps: HangUps
    private let security: WebSecuritySource?

    init(
        hosts: HostPolicy,
        routes: [WebRoute],
        sections: [WebSection],
        usage: WebUsageCounter,
        hangUps: HangUps,
        security: WebSecuritySource?
    ) {
        self.hosts = hosts
        self.routes = Dictionary(routes.map { ($0.path, $0) }) { first, _ in first }
        self.sections = sections
        self.usage = usage
        self.hangUps = hangUps
        self.security = security
    }

    package func respond(
        to request: Request,
        context: WebRequestContext
    ) async throws -> Response {
        let started = ContinuousClock.now
        let section = sections.first { $0.contains(request.uri.path) }
        let route = routes[request.uri.path]
        let access = await WebAccess.of(request, to: security, logger: context.logger)
        var response =
            switch access.refusal.map(Result.failure) ?? check(request, for: route, in: section) {
            case .success(let (route, parameters)):
                await route.handler(
                    WebRequest(
                        isHead: request.method == .head,
                        host: request.head.authority,
                        headers: request.headers,
                        parameters: parameters,
                        peer: context.peer,
                        logger: context.logger,
                        hangUp: hangUps.hangUp(of: context.channel)
                    )
                )
            case .failure(let refusal):
                refuse(request, as: refusal, context: context)
            }
        if response.status != .ok, let section {
            response.headers.append(contentsOf: section.errorHeaders)
        }
        response.addSecurityHeaders(access.headers)
        route?.answered(response.status, ContinuousClock.now - started)
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

    private func check(
        _ request: Request,
        for route: WebRoute?,
        in section: WebSection?
    ) -> Result<(WebRoute, QueryParameters), Refusal> {
        if let refusal = refusalOfSender(request) { return .failure(refusal) }
        guard let route else {
            return .failure(Refusal(.notFound, .path, section?.notFound ?? "not found"))
        }
        if route.refusesCrossSite, request.headers[.secFetchSite] == "cross-site" {
            return .failure(Refusal(.forbidden, .origin, "not for pages of other sites"))
        }
        let parameters: QueryParameters
        do throws(QueryParameters.Problem) {
            parameters = try QueryParameters(
                parsing: request.uri.query,
                allowed: route.parameters
            )
        } catch {
            return .failure(Refusal(.badRequest, .query, error.description))
        }
        if let reason = route.refusal { return .failure(Refusal(.forbidden, .disabled, reason)) }
        return .success((route, parameters))
    }

    /// What is wrong with a request whatever it asks for.
    private func refusalOfSender(_ request: Request) -> Refusal? {
        // Two Host lines, or a server before us that reads the other one, hide the real name.
        guard !request.headers.contains(.hostLine) else {
            return Refusal(.badRequest, .host, "more than one Host header")
        }
        guard hosts.permits(request.head.authority) else {
            return Refusal(
                .forbidden,
                .host,
                "host name not allowed; add it with --web.allowed-host"
            )
        }
        guard request.method == .get || request.method == .head else {
            return Refusal(
                .methodNotAllowed,
                .method,
                "only GET and HEAD are allowed",
                headers: [.allow: "GET, HEAD"]
            )
        }
        guard !Self.hasBody(request) else {
            return Refusal(
                .badRequest,
                .body,
                "no request body is accepted",
                headers: [.connection: "close"]
            )
        }
        return nil
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
