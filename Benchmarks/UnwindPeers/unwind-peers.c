// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

// Unwinds recorded stacks by the libraries that others unwind with.
//
//   unwind-peers libdw|libunwind PID SLABS SECONDS FRAMES
//
// The stacks are those of process PID, which must still be there. Each library has all of them once
// before, to fill what it keeps, and is asked for nothing but the addresses. Prints the frames and
// the CPU seconds that they took, and writes the addresses to FRAMES, a line for each stack.

#include <elfutils/libdwfl.h>
#include <inttypes.h>
#include <libunwind-ptrace.h>
#include <stdbool.h>
#include <sys/uio.h>

#include "slabs.h"

enum { frame_limit = 2048 };

static uint64_t frames[frame_limit];
static int frame_count;
static pid_t pid;
static const struct slab *current;

// libdw

static Dwfl *dwfl;

static pid_t next_thread(Dwfl *ignored, void *argument, void **thread) {
    (void)ignored;
    (void)argument;
    if (*thread != NULL) return 0;
    *thread = &current;
    return pid;
}

static bool get_thread(Dwfl *ignored, pid_t tid, void *argument, void **thread) {
    (void)ignored;
    (void)argument;
    *thread = &current;
    return tid == pid;
}

static bool read_word(Dwfl *ignored, Dwarf_Addr address, Dwarf_Word *word, void *argument) {
    (void)ignored;
    (void)argument;
    return slab_word(current, address, word);
}

static bool set_registers(Dwfl_Thread *thread, void *argument) {
    (void)argument;
    return dwfl_thread_state_registers(thread, 0, slab_registers, current->registers);
}

static int take_frame(Dwfl_Frame *frame, void *argument) {
    (void)argument;
    Dwarf_Addr pc;
    bool is_activation;
    if (frame_count == frame_limit || !dwfl_frame_pc(frame, &pc, &is_activation)) {
        return DWARF_CB_ABORT;
    }
    frames[frame_count++] = pc - (is_activation ? 0 : 1);
    return DWARF_CB_OK;
}

static void start_libdw(void) {
    static char *no_debug_path = "";
    static const Dwfl_Callbacks callbacks = {
        .find_elf = dwfl_linux_proc_find_elf,
        .find_debuginfo = dwfl_standard_find_debuginfo,
        .debuginfo_path = &no_debug_path,
    };
    static const Dwfl_Thread_Callbacks thread_callbacks = {
        .next_thread = next_thread,
        .get_thread = get_thread,
        .memory_read = read_word,
        .set_initial_registers = set_registers,
    };
    dwfl = dwfl_begin(&callbacks);
    if (dwfl == NULL || dwfl_linux_proc_report(dwfl, pid) != 0) slabs_fail("libdw");
    dwfl_report_end(dwfl, NULL, NULL);
    if (!dwfl_attach_state(dwfl, NULL, pid, &thread_callbacks, NULL)) slabs_fail("libdw");
}

static void unwind_by_libdw(void) { dwfl_getthread_frames(dwfl, pid, take_frame, NULL); }

// libunwind

static unw_addr_space_t space;
static void *process_info;

static int find_information(unw_addr_space_t as, unw_word_t ip, unw_proc_info_t *info, int needed,
                            void *argument) {
    (void)argument;
    return _UPT_find_proc_info(as, ip, info, needed, process_info);
}

static void put_information(unw_addr_space_t as, unw_proc_info_t *info, void *argument) {
    (void)argument;
    _UPT_put_unwind_info(as, info, process_info);
}

static int get_list(unw_addr_space_t as, unw_word_t *address, void *argument) {
    (void)as;
    (void)address;
    (void)argument;
    return -UNW_ENOINFO;
}

/// A word of a mapped file, whose pages are kept: system calls are not what is compared.
static bool read_file_word(uint64_t address, uint64_t *word) {
    enum { page_bytes = 4096, page_count = 8192 };
    static struct { uint64_t number; uint8_t bytes[page_bytes + 8]; } pages[page_count];
    uint64_t number = address / page_bytes + 1, place = number % page_count;
    if (pages[place].number != number) {
        // The word at the end of a page goes on in the next one, which need not be there.
        struct iovec local = {pages[place].bytes, page_bytes + 8};
        struct iovec remote = {(void *)((number - 1) * page_bytes), page_bytes + 8};
        pages[place].number = 0;
        if (process_vm_readv(pid, &local, 1, &remote, 1, 0) < page_bytes) return false;
        pages[place].number = number;
    }
    memcpy(word, pages[place].bytes + address % page_bytes, sizeof *word);
    return true;
}

static int access_memory(unw_addr_space_t as, unw_word_t address, unw_word_t *value, int write,
                         void *argument) {
    (void)as;
    (void)argument;
    if (write) return -UNW_EINVAL;
    if (slab_word(current, address, value)) return 0;
    // What was not copied of the stack is not there.
    if (address - current->base < (64u << 20)) return -UNW_EINVAL;
    return read_file_word(address, value) ? 0 : -UNW_EINVAL;
}

static int access_register(unw_addr_space_t as, unw_regnum_t number, unw_word_t *value, int write,
                           void *argument) {
    (void)as;
    (void)argument;
    // libunwind has the numbers of DWARF on x86-64.
    if (write || number < 0 || number >= slab_registers) return -UNW_EBADREG;
    *value = current->registers[number];
    return 0;
}

static int access_float(unw_addr_space_t as, unw_regnum_t number, unw_fpreg_t *value, int write,
                        void *argument) {
    (void)as;
    (void)number;
    (void)value;
    (void)write;
    (void)argument;
    return -UNW_EBADREG;
}

static int resume(unw_addr_space_t as, unw_cursor_t *cursor, void *argument) {
    (void)as;
    (void)cursor;
    (void)argument;
    return -UNW_EINVAL;
}

static int get_name(unw_addr_space_t as, unw_word_t address, char *name, size_t length,
                    unw_word_t *offset, void *argument) {
    (void)as;
    (void)address;
    (void)name;
    (void)length;
    (void)offset;
    (void)argument;
    return -UNW_ENOINFO;
}

static void start_libunwind(void) {
    static unw_accessors_t accessors = {
        .find_proc_info = find_information,
        .put_unwind_info = put_information,
        .get_dyn_info_list_addr = get_list,
        .access_mem = access_memory,
        .access_reg = access_register,
        .access_fpreg = access_float,
        .resume = resume,
        .get_proc_name = get_name,
    };
    space = unw_create_addr_space(&accessors, 0);
    process_info = _UPT_create(pid);
    if (space == NULL || process_info == NULL) slabs_fail("libunwind");
    unw_set_caching_policy(space, UNW_CACHE_GLOBAL);
    // Its default of 128 rules is fewer than these stacks have places. The first call makes a
    // cache of the default size whatever is asked for (libunwind 1.6, dwarf_flush_rs_cache).
    for (int call = 0; call < 2; call++) unw_set_cache_size(space, 8192, 0);
}

static void unwind_by_libunwind(void) {
    unw_cursor_t cursor;
    if (unw_init_remote(&cursor, space, NULL) != 0) return;
    // To ask for signal frames would cost it a read of the code for each frame: none is expected.
    do {
        unw_word_t pc = 0;
        if (frame_count == frame_limit || unw_get_reg(&cursor, UNW_REG_IP, &pc) < 0 || pc == 0) {
            return;
        }
        frames[frame_count] = pc - (frame_count == 0 ? 0 : 1);
        frame_count++;
    } while (unw_step(&cursor) > 0);
}

int main(int argc, char **argv) {
    bool is_libdw = argc > 1 && strcmp(argv[1], "libdw") == 0;
    if (argc != 6 || (!is_libdw && strcmp(argv[1], "libunwind") != 0)) {
        fprintf(stderr, "usage: unwind-peers libdw|libunwind PID SLABS SECONDS FRAMES\n");
        return 2;
    }
    pid = atoi(argv[2]);
    struct slabs slabs = slabs_read(argv[3]);
    double limit = strtod(argv[4], NULL);
    if (is_libdw) {
        start_libdw();
    } else {
        start_libunwind();
    }
    FILE *file = fopen(argv[5], "w");
    if (file == NULL) slabs_fail(argv[5]);
    for (size_t index = 0; index < slabs.count; index++) {
        current = &slabs.all[index];
        frame_count = 0;
        if (is_libdw) unwind_by_libdw(); else unwind_by_libunwind();
        for (int frame = 0; frame < frame_count; frame++) {
            fprintf(file, "%s%" PRIx64, frame == 0 ? "" : " ", frames[frame]);
        }
        fputc('\n', file);
    }
    fclose(file);
    uint64_t total = 0;
    double begun = slabs_cpu_seconds(), seconds = 0;
    do {
        for (size_t index = 0; index < slabs.count; index++) {
            current = &slabs.all[index];
            frame_count = 0;
            if (is_libdw) unwind_by_libdw(); else unwind_by_libunwind();
            total += (uint64_t)frame_count;
        }
        seconds = slabs_cpu_seconds() - begun;
    } while (seconds < limit);
    printf("%" PRIu64 " %.6f\n", total, seconds);
    return 0;
}
