// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

extension ExecutableMapping {
    /// The path as the process sees it, or the kernel's name for the memory.
    var path: String {
        switch backing {
        case .file(let path, _): String(decoding: path, as: UTF8.self)
        case .vdso: "[vdso]"
        case .vsyscall: "[vsyscall]"
        case .anonymous: "[anonymous]"
        }
    }

    /// The name of the file without its directories, or the kernel's name for the memory.
    var objectName: String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
