// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

#include "CDebugInformation.h"

#include <dlfcn.h>
#include <stddef.h>

bool cdebuginformation_load(const char *file, struct cdebuginformation *into) {
    const struct {
        const char *name;
        size_t offset;
    } functions[] = {
#define FUNCTION(member) {"dwarf_" #member, offsetof(struct cdebuginformation, member)}
        FUNCTION(begin),     FUNCTION(end),        FUNCTION(get_units),      FUNCTION(ranges),
        FUNCTION(child),     FUNCTION(siblingof),  FUNCTION(tag),            FUNCTION(haspc),
        FUNCTION(attr),      FUNCTION(formstring), FUNCTION(attr_integrate), FUNCTION(formudata),
        FUNCTION(getsrc_die), FUNCTION(lineno),    FUNCTION(linesrc),        FUNCTION(getsrcfiles),
        FUNCTION(filesrc),
#undef FUNCTION
    };
    _Static_assert(sizeof functions / sizeof *functions ==
                       sizeof(struct cdebuginformation) / sizeof(void *),
                   "every member is looked up");
    void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return false;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        void *found = dlsym(library, functions[i].name);
        if (found == NULL) return false;
        *(void **)((char *)into + functions[i].offset) = found;
    }
    return true;
}
