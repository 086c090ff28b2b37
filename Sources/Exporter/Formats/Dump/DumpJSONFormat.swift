// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

package import Profiles

/// A dump as one JSON object on one line.
///
///     {"pid":1,"name":"x","threads":[{"tid":1,"name":"x","state":"waiting","held_ns":0,
///      "syscall":{"name":"read","arguments":["0x3",...]},"end":"complete",
///      "frames":[{"function":"read","object":"libc.so.6","file":"","line":0,"inlined":false}]}]}
///
/// `syscall` is null where there is none, `end` where there is no stack. Arguments are strings,
/// since a JSON number need not hold 64 bits.
package enum DumpJSONFormat {
    /// The dump as UTF-8.
    package static func encode(_ dump: ProcessDump) -> [UInt8] {
        let threads = dump.threads.map { thread($0, of: dump) }.joined(separator: ",")
        let text =
            #"{"pid":\#(dump.process),"name":\#(quoted(dump.name)),"threads":[\#(threads)]}"#
        return Array((text + "\n").utf8)
    }

    private static func thread(_ thread: ThreadDump, of dump: ProcessDump) -> String {
        let stack = dump.stack(of: thread.thread)
        let frames = stack?.stack.flatMap { dump.profile.frames(at: dump.profile.locations[$0]) }
        let end = stack.map { quoted($0.end.reason ?? "complete") } ?? "null"
        return [
            #"{"tid":\#(thread.thread),"name":\#(quoted(thread.name))"#,
            #""state":\#(quoted(thread.state.rawValue)),"held_ns":\#(thread.heldNanoseconds)"#,
            #""syscall":\#(thread.call.map(call) ?? "null"),"end":\#(end)"#,
            #""frames":[\#((frames ?? []).map(frame).joined(separator: ","))]}"#,
        ]
        .joined(separator: ",")
    }

    private static func call(_ call: ThreadDump.Call) -> String {
        let arguments = call.arguments.map { "\"0x\(String($0, radix: 16))\"" }
            .joined(separator: ",")
        return #"{"name":\#(quoted(call.name)),"arguments":[\#(arguments)]}"#
    }

    private static func frame(_ frame: FrameName) -> String {
        #"{"function":\#(quoted(frame.function)),"object":\#(quoted(frame.object)),"#
            + #""file":\#(quoted(frame.file)),"line":\#(frame.line),"#
            + #""inlined":\#(frame.isInlined)}"#
    }

    private static func quoted(_ text: String) -> String { JSONText.quoted(text) }
}
