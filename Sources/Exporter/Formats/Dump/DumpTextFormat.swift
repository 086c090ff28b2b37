// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// A dump for a terminal: a line for each thread, and its frames below it, the innermost first.
package enum DumpTextFormat {
    /// The dump as UTF-8.
    package static func encode(_ dump: ProcessDump) -> [UInt8] {
        var lines = ["process \(dump.process) (\(shown(dump.name)))"]
        for thread in dump.threads {
            lines.append("")
            lines.append(title(thread))
            guard let stack = dump.stack(of: thread.thread) else {
                lines.append("    [no stack]")
                continue
            }
            lines += frames(stack, of: dump.profile)
            if let end = stack.end.title { lines.append("    \(end)") }
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private static func title(_ thread: ThreadDump) -> String {
        var title = "thread \(thread.thread) (\(shown(thread.name))): \(thread.state.rawValue)"
        if let call = thread.call {
            title += thread.state == .running ? ", leaving " : " in "
            title += call.name
            if !call.arguments.isEmpty {
                let words = call.arguments.map { "0x" + String($0, radix: 16) }
                title += "(\(words.joined(separator: ", ")))"
            }
        }
        if thread.heldNanoseconds > 0 {
            title += ", held for \((thread.heldNanoseconds + 500) / 1_000) us"
        }
        return title
    }

    private static func frames(_ stack: ProfileSample, of profile: Profile) -> [String] {
        let frames = stack.stack.flatMap { profile.frames(at: profile.locations[$0]) }
        return frames.enumerated().map { number, frame in
            var line = "    #\(number)\(number < 10 ? " " : "") \(shown(frame.function))"
            if frame.isInlined { line += " (inlined)" }
            if !frame.file.isEmpty {
                line += " at \(shown(frame.file))\(frame.line > 0 ? ":\(frame.line)" : "")"
            } else if !frame.object.isEmpty {
                line += " in \(shown(frame.object))"
            }
            return line
        }
    }

    private static func shown(_ text: String) -> String {
        VisibleText(replacingControlsIn: text).description
    }
}
