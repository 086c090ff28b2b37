// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// A program that is run one instruction at a time, and what libdw (elfutils) takes its stack for.
// Tests only: the agent neither steps programs nor links libdw.

#ifndef PTARMIGAN_CUNWINDORACLE_H
#define PTARMIGAN_CUNWINDORACLE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct unwind_oracle unwind_oracle;

/// Starts a program, stopped before its first instruction; NULL if that fails. All further calls
/// must come from the same thread.
unwind_oracle *unwind_oracle_start(const char *program);

/// Kills the program if it still runs, and frees everything.
void unwind_oracle_end(unwind_oracle *oracle);

pid_t unwind_oracle_pid(const unwind_oracle *oracle);

/// Runs one instruction, handing signals on; 0 once the program has ended.
int unwind_oracle_step(unwind_oracle *oracle);

/// Whether the instruction that comes next is a system call, which may change what is mapped.
int unwind_oracle_is_at_system_call(const unwind_oracle *oracle);

/// The registers by DWARF number: 17 of them, the program counter last.
const uint64_t *unwind_oracle_registers(const unwind_oracle *oracle);

/// Copies the stack from `below` bytes under the stack pointer; how many bytes there were.
size_t unwind_oracle_copy(unwind_oracle *oracle, size_t below, size_t count, const uint8_t **bytes,
                          uint64_t *base);

/// Tells libdw what is mapped now.
void unwind_oracle_renew(unwind_oracle *oracle);

/// What libdw takes the stack to be, from the registers and the latest copy: for each frame where to
/// look up its function, the innermost first.
int unwind_oracle_frames(unwind_oracle *oracle, uint64_t *addresses, int limit);

#endif
