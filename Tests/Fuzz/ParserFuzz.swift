// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// The entry points of libFuzzer (llvm.org/docs/LibFuzzer.html), which has a `main` of its own.
///
///     Scripts/fuzz.py PARSER --seconds 600
///
/// builds and calls it. The parser is named in an option that begins with two hyphens, which
/// libFuzzer leaves to others. Of each outcome the number is printed at the end.
private let state = Mutex(FuzzState())

private struct FuzzState {
    var parser: FuzzedParser?
    var outcomes: [String: Int] = [:]
}

@_cdecl("LLVMFuzzerInitialize")
public func fuzzerInitialize(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>
) -> CInt {
    let prefix = "--parser="
    for index in 0..<Int(count.pointee) {
        guard let argument = arguments.pointee[index] else { continue }
        let text = String(cString: argument)
        guard text.hasPrefix(prefix) else { continue }
        state.withLock { $0.parser = FuzzedParser(rawValue: String(text.dropFirst(prefix.count))) }
    }
    guard state.withLock({ $0.parser }) != nil else {
        print("parser-fuzz: --parser= is one of \(FuzzedParser.allCases.map(\.rawValue))")
        exit(2)
    }
    atexit {
        let outcomes = state.withLock { $0.outcomes }
        for (outcome, count) in outcomes.sorted(by: { $0.key < $1.key }) {
            print("outcome \(outcome) \(count)")
        }
    }
    return 0
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzerTestOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // Out of the lock: a fault within would leave it held, and the end prints what it guards.
    guard let parser = state.withLock({ $0.parser }) else { return 0 }
    let outcome = parser.read(Array(UnsafeBufferPointer(start: bytes, count: count)))
    state.withLock { $0.outcomes[outcome, default: 0] += 1 }
    return 0
}

#if !LIBFUZZER
/// Without libFuzzer the program reads given files once, to look at a failure in a debugger.
@main
enum ParserFuzz {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        guard let name = arguments.first, let parser = FuzzedParser(rawValue: name) else {
            print("usage: parser-fuzz \(FuzzedParser.allCases.map(\.rawValue)) FILE ...")
            exit(2)
        }
        for path in arguments.dropFirst() {
            guard let bytes = FuzzedFile.contents(of: path) else {
                print("parser-fuzz: cannot read \(path)")
                exit(1)
            }
            print("\(path): \(parser.read(bytes))")
        }
    }
}
#endif
