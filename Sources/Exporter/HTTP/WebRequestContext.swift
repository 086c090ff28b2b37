// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Hummingbird
import NIOCore

/// What the server knows of a request beside its head: a logger, who asks, and by which connection.
package struct WebRequestContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    let peer: String?
    let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress
        channel = source.channel
    }
}
