// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// The id of a container, as its engine writes it into the name of a control group.
///
/// Two forms are known: 64 hexadecimal digits (Docker, containerd, CRI-O, Podman), and 32 of them,
/// a dash and a decimal number (Amazon ECS on Fargate: the task's id and the container's number).
package struct ContainerID: Hashable, Sendable, CustomStringConvertible {
    /// The whole id.
    package let text: String

    package var description: String { text }

    /// What people see: 12 digits as `docker ps` shows, for ECS with the number that tells the
    /// containers of one task apart.
    package var short: String {
        guard let dash = text.firstIndex(of: "-") else { return String(text.prefix(12)) }
        return String(text.prefix(12) + text[dash...])
    }

    /// Reads an id; nil if the text has neither form.
    package init?(_ text: Substring) {
        let bytes = text.utf8
        guard bytes.count >= 64 || bytes.contains(UInt8(ascii: "-")) else { return nil }
        let digits = bytes.prefix { $0.isLowercaseHexadecimal }
        let rest = bytes.dropFirst(digits.count)
        if digits.count == 64, rest.isEmpty {
            self.text = String(text)
            return
        }
        guard digits.count == 32, rest.first == UInt8(ascii: "-"), (2...20).contains(rest.count),
            rest.dropFirst().allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
        else { return nil }
        self.text = String(text)
    }

    /// The id of the innermost container in a control group path; nil outside of containers.
    ///
    /// Known names of a group: the bare id; `docker-ID.scope`, `cri-containerd-ID.scope`,
    /// `crio-ID.scope`, `libpod-ID.scope`, `libpod-payload-ID`, `nerdctl-ID.scope`; and
    /// `kubepods-podUID.slice:cri-containerd:ID`. A group of conmon, Podman's and CRI-O's
    /// watcher of a container, is not the container.
    package static func inControlGroup(_ path: String) -> ContainerID? {
        for component in path.split(separator: "/").reversed() {
            if let id = inComponent(component) { return id }
        }
        return nil
    }

    private static func inComponent(_ component: Substring) -> ContainerID? {
        var name = component
        for suffix in [".scope", ".service"] where name.hasSuffix(suffix) {
            name = name.dropLast(suffix.count)
        }
        if let colon = name.lastIndex(of: ":") { name = name[name.index(after: colon)...] }
        if let id = ContainerID(name) { return id }
        for prefix in prefixes where name.hasPrefix(prefix) {
            return ContainerID(name.dropFirst(prefix.count))
        }
        return nil
    }

    private static let prefixes = [
        "docker-", "cri-containerd-", "containerd-", "crio-", "libpod-payload-", "libpod-",
        "nerdctl-",
    ]
}

/// The UID of a Kubernetes pod, from the name of its control group.
package struct PodUID: Hashable, Sendable, CustomStringConvertible {
    /// As the API writes it: a UUID, or for a pod of a kubelet's own manifest 32 digits.
    package let text: String

    package var description: String { text }

    /// The pod of a control group path; nil outside of pods.
    ///
    /// The kubelet's drivers write `kubepods/burstable/podUID` and
    /// `kubepods-burstable-podUID.slice`, the latter with `_` for each dash.
    package static func inControlGroup(_ path: String) -> PodUID? {
        guard path.contains("kubepods") else { return nil }
        for component in path.split(separator: "/").reversed() {
            // The containerd driver's `kubepods-podUID.slice:cri-containerd:ID` has the pod first.
            var name = component.prefix { $0 != ":" }
            if name.hasSuffix(".slice") { name = name.dropLast(".slice".count) }
            if name.hasPrefix("kubepods"), let dash = name.lastIndex(of: "-") {
                name = name[name.index(after: dash)...]
            }
            guard name.hasPrefix("pod") else { continue }
            let uid = String(name.dropFirst(3).map { $0 == "_" ? "-" : $0 })
            if isUID(uid) { return PodUID(text: uid) }
        }
        return nil
    }

    private static func isUID(_ text: String) -> Bool {
        let lengths = text.utf8.split(
            separator: UInt8(ascii: "-"),
            omittingEmptySubsequences: false
        )
        .map(\.count)
        return (lengths == [8, 4, 4, 4, 12] || lengths == [32])
            && text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || $0.isLowercaseHexadecimal }
    }
}

extension UInt8 {
    fileprivate var isLowercaseHexadecimal: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
    }
}
