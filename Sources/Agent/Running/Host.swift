// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Sampler

/// What the host allows.
enum Host {
    /// CPUs that are online.
    static var cpuCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// How many files of `/proc` may be kept open; raises the soft limit to the hard one.
    static func descriptorCapacity() -> Int {
        (try? DescriptorLimit.raise())?.cacheCapacity ?? 512
    }
}
