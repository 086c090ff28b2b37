// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// The functions of libdw (elfutils) that source lines are read with, found when they are needed.
//
// The program is not linked with libdw: the agent must start where it is not installed, and must
// not hold a parser that is not memory-safe in its address space. libdw's own header gives the
// types, so that a function that is called wrongly is still an error of compilation.

#ifndef PTARMIGAN_CDEBUGINFORMATION_H
#define PTARMIGAN_CDEBUGINFORMATION_H

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <stdbool.h>

/// libdw's functions, without the prefix `dwarf_`; all of them, or the library is not used.
struct cdebuginformation {
    __typeof__(dwarf_begin) *begin;
    __typeof__(dwarf_end) *end;
    __typeof__(dwarf_get_units) *get_units;
    __typeof__(dwarf_ranges) *ranges;
    __typeof__(dwarf_child) *child;
    __typeof__(dwarf_siblingof) *siblingof;
    __typeof__(dwarf_tag) *tag;
    __typeof__(dwarf_haspc) *haspc;
    __typeof__(dwarf_attr_integrate) *attr_integrate;
    __typeof__(dwarf_attr) *attr;
    __typeof__(dwarf_formstring) *formstring;
    __typeof__(dwarf_formudata) *formudata;
    __typeof__(dwarf_getsrc_die) *getsrc_die;
    __typeof__(dwarf_lineno) *lineno;
    __typeof__(dwarf_linesrc) *linesrc;
    __typeof__(dwarf_getsrcfiles) *getsrcfiles;
    __typeof__(dwarf_filesrc) *filesrc;
};

/// Loads libdw by the name of its file, such as `libdw.so.1`, and never unloads it.
///
/// Returns false if there is none, or if it lacks one of the functions.
bool cdebuginformation_load(const char *file, struct cdebuginformation *into);

#endif
