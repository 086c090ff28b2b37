// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// Names of C++ and Swift, read by the libraries of these languages, into memory of the caller's.
// What the callers must see to is that a name is no longer than they can afford; what is here sees
// to it that no more is written than there is room for.

#ifndef PTARMIGAN_CDEMANGLE_H
#define PTARMIGAN_CDEMANGLE_H

#include <stddef.h>

/// Reads a name of the Itanium C++ ABI, which a zero byte ends.
///
/// A name of some hundred bytes can stand for more text than any memory holds, so the library is
/// left as soon as the text is longer than `capacity`. It keeps all it has on the stack meanwhile.
///
/// Returns the bytes that were written, without a zero byte; -1 for a name that is malformed, or
/// whose text does not fit.
ptrdiff_t cdemangle_cplusplus(const char *mangled, char *into, size_t capacity);

/// Reads a name of Swift of `count` bytes.
///
/// The runtime makes the whole text before it says how long that is: the caller bounds the growth.
///
/// Returns the bytes that were written, without the zero byte that follows them; -1 for a name that
/// is malformed, or whose text does not fit.
ptrdiff_t cdemangle_swift(const char *mangled, size_t count, char *into, size_t capacity);

#endif
