#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""The inputs that `fuzz.py` begins with: real files of this machine, and small ones made here."""

import gzip
import lzma
import os
import re
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = """
int shown(int n) { volatile char room[n + 1]; room[n] = 1; return room[n] + n; }
static __attribute__((noinline)) int hidden(int n) { return shown(n) + shown(n + 1); }
int (*pointer)(int) = hidden;
static int yes(void) { return 1; }
static int (*choose(void))(void) { return yes; }
int chosen(void) __attribute__((ifunc("choose")));
"""
VARIANTS = {
    "plain": "-shared -fPIC",
    "debug": "-shared -fPIC -g",
    "zlib": "-shared -fPIC -g -gz=zlib",
    "lazy": "-shared -fPIC -Wl,-z,lazy,-z,noseparate-code",
    "debugframe": "-shared -fPIC -g -fno-asynchronous-unwind-tables",
    "stripped": "-shared -fPIC -s",
}
LIBRARIES = ("ld-linux-x86-64.so.2", "libc.so.6", "libstdc++.so.6", "libgcc_s.so.1", "libm.so.6")
LIBRARY_DIRECTORY = Path("/usr/lib/x86_64-linux-gnu")


def run(*command):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True).stdout


def sections(data):
    """The sections of an ELF file by name: address, flags, and the bytes as they are in it."""
    offset, = struct.unpack_from("<Q", data, 40)
    size, count, names = struct.unpack_from("<HHH", data, 58)
    headers = [struct.unpack_from("<IIQQQQIIQQ", data, offset + index * size)
               for index in range(count)]
    found, text = {}, headers[names][4]
    for name, kind, flags, address, start, length, *_ in headers:
        end = data.index(b"\0", text + name)
        if kind != 8:
            found[data[text + name:end].decode()] = (address, flags, data[start:start + length])
    return found


class Corpus:
    def __init__(self, directory):
        self.directory = directory
        directory.mkdir(parents=True, exist_ok=True)
        for old in directory.iterdir():
            old.unlink()

    def add(self, name, data):
        (self.directory / re.sub(r"[^\w.+-]", "_", name)).write_bytes(data)


def compiled(directory):
    """Small libraries, and one with packed symbols as distributions ship them."""
    (directory / "a.c").write_text(SOURCE)
    for name, options in VARIANTS.items():
        run("gcc", "-O1", *options.split(), "-o", directory / f"{name}.so", directory / "a.c")
    run("objcopy", "--compress-debug-sections=zstd", directory / "debug.so", directory / "zstd.so")
    packed = lzma.compress((directory / "plain.so").read_bytes(), preset=0)
    (directory / "packed.xz").write_bytes(packed)
    run("objcopy", f"--add-section=.gnu_debugdata={directory / 'packed.xz'}",
        directory / "stripped.so", directory / "mini.so")
    return {path.stem: path.read_bytes() for path in sorted(directory.glob("*.so"))}


def vdso():
    for line in Path("/proc/self/maps").read_text().splitlines():
        if line.endswith("[vdso]"):
            start, end = (int(word, 16) for word in line.split()[0].split("-"))
            with open("/proc/self/mem", "rb") as memory:
                memory.seek(start)
                return memory.read(end - start)
    return b""


def libraries():
    return {name: (LIBRARY_DIRECTORY / name).read_bytes() for name in LIBRARIES}


def elf(corpus, made):
    for name, data in made.items():
        corpus.add(name, data)
    corpus.add("vdso", vdso())
    small = sorted((path for path in LIBRARY_DIRECTORY.glob("*.so*")
                    if path.is_file() and not path.is_symlink()
                    and path.stat().st_size < 40_000),
                   key=lambda path: (path.stat().st_size, path.name))
    for path in small[:12]:
        if (data := path.read_bytes()).startswith(b"\x7fELF"):
            corpus.add(path.name, data)
    corpus.add("true", Path("/bin/true").read_bytes())


def cfi(corpus, made):
    """As `FuzzedFrames` reads it: 16 bytes that say where things lie, the table, the records."""
    for name, data in [*made.items(), *libraries().items()]:
        parts = sections(data)
        if ".eh_frame" in parts and ".eh_frame_hdr" in parts:
            address, _, records = parts[".eh_frame"]
            code = parts[".text"][0]
            table_address, _, table = parts[".eh_frame_hdr"]
            rows = min(struct.unpack_from("<I", table, 8)[0], 128)
            table = table[:8] + struct.pack("<I", rows) + table[12:12 + rows * 8]
            places = (address - table_address, address - code, len(table))
            corpus.add(f"{name}-table", struct.pack("<BxxxIII", 2, *places) + table
                       + records[:6000])
            for start in (0, len(records) // 2):
                # A part in the middle has lost its CIEs; the first ones serve as well.
                part = records[:1000] + records[start:start + 3000]
                corpus.add(f"{name}-{start}",
                           struct.pack("<BxxxIII", 0, address, address - code, 0) + part)
        if ".debug_frame" in parts and not parts[".debug_frame"][1] & 0x800:
            corpus.add(f"{name}-debug", struct.pack(
                "<BxxxIII", 1, 0, parts[".text"][0], 0) + parts[".debug_frame"][2])


def packed(corpus, made):
    plain = made["plain"]
    for preset in (0, 6, 9 | lzma.PRESET_EXTREME):
        corpus.add(f"xz-{preset}", b"\1" + lzma.compress(plain, preset=preset))
    for check in (lzma.CHECK_NONE, lzma.CHECK_CRC32, lzma.CHECK_SHA256):
        corpus.add(f"xz-check-{check}", b"\1" + lzma.compress(plain[:3000], check=check))
    filters = [{"id": lzma.FILTER_X86}, {"id": lzma.FILTER_LZMA2, "preset": 3}]
    corpus.add("xz-x86", b"\1" + lzma.compress(plain, filters=filters))
    corpus.add("xz-two", b"\1" + lzma.compress(b"a" * 5000) + lzma.compress(plain))
    for level in (1, 9):
        header = struct.pack("<IIQQ", 1, 0, len(plain), 1)
        corpus.add(f"zlib-{level}", b"\0" + header + zlib.compress(plain, level))
    for variant in ("zlib", "zstd"):
        for name, (_, flags, data) in sections(made[variant]).items():
            if flags & 0x800:
                corpus.add(f"{variant}{name}", b"\0" + data)


def perfmap(corpus, _):
    symbols = run("nm", "-DSC", LIBRARY_DIRECTORY / "libstdc++.so.6").decode().splitlines()
    lines = [f"{fields[0]} {fields[1].lstrip('0')} {fields[3]}\n".encode() for fields in
             (line.split(" ", 3) for line in symbols) if len(fields) == 4]
    corpus.add("whole", b"\0" + b"".join(lines[:60]))
    corpus.add("parts", b"\x80" + b"".join(lines[60:100] + lines[60:80]))
    corpus.add("runtime", b"\x40" b"0x7f3a10000000 120 LazyCompile:*sort /app/main.js:12\n"
               b"0x7f3a10000010 20 RegExp:^a\\\\b\n7f3a0fffff00 200 Ljava/lang/String;::hashCode\n")


def maps(corpus, _):
    own = Path("/proc/self/maps").read_bytes()
    lines = own.splitlines(keepends=True)
    corpus.add("own", own[:8000])
    for index in range(0, len(lines), 8):
        corpus.add(f"own-{index}", b"".join(lines[index:index + 8]))
    corpus.add("deleted", lines[0].rstrip() + b" (deleted)\n"
               b"7f0000000000-7f0000001000 r-xp 00000000 08:01 12     /a\\012b\n"
               b"ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0   [vsyscall]\n")


def proc(corpus, _):
    for index, name in enumerate(("stat", "status", "syscall", "schedstat", "cgroup", "cmdline")):
        for owner in ("self", str(os.getppid())):
            try:
                corpus.add(f"{name}-{owner}",
                           bytes([index]) + Path(f"/proc/{owner}/{name}").read_bytes())
            except PermissionError:
                # Of another process this may be closed; our own is open.
                continue
    corpus.add("syscall", b"\2" b"202 0x7f 0x80 0x0 0x0 0x0 0xffffffff 0x7ffd3000 0x7f3a2211\n")
    corpus.add("running", b"\2running\n")
    corpus.add("outside", b"\2" b"-1 0x7ffd3000 0x7f3a2211\n")


def names(corpus, _):
    texts = [path.read_text() for path in (ROOT / "Tests/ImagesTests/Names").glob("*.swift")]
    found = {name for text in texts for name in re.findall(
        r'"(_R[\w.$]+|_Z[\w.$]+|_?\$[sS][\w.$]+|_T0[\w.$]+)"', text)}
    symbols = run("nm", "-D", LIBRARY_DIRECTORY / "libstdc++.so.6").decode().split()
    found |= set([word.partition("@")[0] for word in symbols if word.startswith("_Z")][::40])
    for index, name in enumerate(sorted(found)):
        corpus.add(f"name-{index}", name.encode())


def profile(corpus, _):
    """Each format that is read back, as the tests' golden files have it, and what others write."""
    golden = ROOT / "Tests/ExporterTests/Golden"
    message = (golden / "busy.pprof").read_bytes()
    page = (golden / "busy.html").read_text()
    data = re.search(r'<script type="application/json" id="profile">[^<]*</script>', page)[0]
    corpus.add("message", message)
    corpus.add("packed", gzip.compress(message, mtime=0))
    corpus.add("page", ("<!DOCTYPE html>" + data).encode())
    corpus.add("folded", (golden / "busy.folded").read_bytes())
    corpus.add("speedscope", (golden / "busy.speedscope.json").read_bytes())
    corpus.add("perf", b"# comment\nswapper;cpuidle_enter;intel_idle_[k] 123\njava;f(int, char) 4.5\n")
    corpus.add("counted", b'{"shared":{"frames":[{"name":"f"}]},"profiles":[{"type":"sampled",'
               b'"unit":"none","samples":[[0],[0,0]],"weights":[1,2.5]}]}')


WRITERS = {"elf": elf, "cfi": cfi, "packed": packed, "perfmap": perfmap, "maps": maps,
           "proc": proc, "names": names, "profile": profile}


def write(directory, parsers):
    """Writes the inputs of each parser into a directory of its name."""
    with tempfile.TemporaryDirectory() as scratch:
        made = compiled(Path(scratch))
        for parser in parsers:
            WRITERS[parser](Corpus(directory / parser), made)
