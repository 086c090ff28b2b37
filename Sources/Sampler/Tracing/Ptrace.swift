// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

internal import CPtrace
internal import Glibc
internal import Profiles
internal import SystemPackage

/// The one place that calls ptrace: each function is a system call with a typed error.
///
/// ptrace(2) binds a tracee to the *thread* that attached to it, so all calls about one tracee must
/// come from one thread: the one of `TracerExecutor`.
enum Ptrace {
    /// - Parameter options: `cptrace_follow_options` and the like.
    static func seize(_ thread: ThreadID, options: Int = 0) throws(Errno) {
        try check(cptrace_seize(thread.rawValue, options))
    }

    static func attach(_ thread: ThreadID) throws(Errno) {
        try check(cptrace_attach(thread.rawValue))
    }

    static func interrupt(_ thread: ThreadID) throws(Errno) {
        try check(cptrace_interrupt(thread.rawValue))
    }

    static func detach(_ thread: ThreadID, delivering signal: Int32) throws(Errno) {
        try check(cptrace_detach(thread.rawValue, signal))
    }

    static func continueStopped(_ thread: ThreadID, delivering signal: Int32) throws(Errno) {
        try check(cptrace_continue(thread.rawValue, signal))
    }

    /// Runs a stopped thread to the next entry or exit of a system call.
    static func runToCall(_ thread: ThreadID, delivering signal: Int32) throws(Errno) {
        try check(cptrace_run_to_call(thread.rawValue, signal))
    }

    /// Leaves a thread in its group-stop, from which a SIGCONT wakes it.
    static func listen(_ thread: ThreadID) throws(Errno) {
        try check(cptrace_listen(thread.rawValue))
    }

    /// What comes with an event: a filter's data, or the number of a thread.
    static func eventMessage(of thread: ThreadID) throws(Errno) -> UInt {
        var message: UInt = 0
        try check(cptrace_get_event_message(thread.rawValue, &message))
        return message
    }

    /// At which side of which call a thread has stopped (PTRACE_GET_SYSCALL_INFO, Linux 5.3).
    static func call(of thread: ThreadID) throws(Errno) -> CallPosition {
        let call = try systemCall(of: thread)
        switch call.op {
        case 1, 3:
            return .entry(TracedCall(auditArchitecture: call.abi, number: call.number))
        case 2:
            return .exit(
                failure: call.failed == 0 ? nil : Int32(truncatingIfNeeded: -call.result)
            )
        default: return .outside
        }
    }

    static func readRegisters(
        of thread: ThreadID,
        into registers: inout RegisterSet
    ) throws(Errno) {
        try check(cptrace_get_registers(thread.rawValue, &registers.raw))
        #if arch(arm64)
        try check(cptrace_get_system_call(thread.rawValue, &registers.systemCallRegister))
        #endif
    }

    /// `si_code` and `si_pid` of the signal a thread stopped for; `EINVAL` means a group-stop
    /// (ptrace(2)).
    static func signalOrigin(
        of thread: ThreadID
    ) throws(Errno) -> (code: Int32, sender: Int32) {
        var code: Int32 = 0
        var sender: Int32 = 0
        try check(cptrace_get_signal_origin(thread.rawValue, &code, &sender))
        return (code, sender)
    }

    /// The `AUDIT_ARCH_` value of the ABI in use (PTRACE_GET_SYSCALL_INFO, since Linux 5.3).
    static func abi(of thread: ThreadID) throws(Errno) -> UInt32 {
        try systemCall(of: thread).abi
    }

    #if arch(x86_64)
    /// Writes the return-value register of a stopped thread and nothing else.
    static func setReturnValue(of thread: ThreadID, to value: Int64) throws(Errno) {
        try check(cptrace_set_return_value(thread.rawValue, Int(value)))
    }
    #endif

    /// Copies memory of another process without stopping it; short where the memory ends.
    static func copyMemory(
        of thread: ThreadID,
        from address: Address,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(Errno) -> Int {
        try check(
            cptrace_copy(thread.rawValue, buffer.baseAddress, buffer.count, address.rawValue)
        )
    }

    private static func systemCall(of thread: ThreadID) throws(Errno) -> cptrace_call {
        var call = cptrace_call()
        try check(cptrace_get_call(thread.rawValue, &call))
        return call
    }

    @discardableResult
    private static func check(_ result: Int) throws(Errno) -> Int {
        if result < 0 { throw Errno(rawValue: CInt(truncatingIfNeeded: -result)) }
        return result
    }
}

/// Where a thread is that stopped at a system call.
enum CallPosition: Equatable {
    case entry(TracedCall)
    /// At its end, with its errno if it failed.
    case exit(failure: Int32?)
    case outside
}
