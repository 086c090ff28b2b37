#!/usr/bin/env python3
# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0
"""Makes the Debian package of the program that `make build` left.

    Scripts/build-deb.py [DIRECTORY]

Prints the package's path; by default it is in .build-deb. The same program gives the same package,
byte for byte: all times in it are that of the commit.
"""

import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import manual_pages

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / ".build/release/ptarmigan"
DEBIAN = ROOT / "deploy/debian"
SYSTEMD = ROOT / "deploy/systemd"
COMPLETIONS = {
    "bash": "usr/share/bash-completion/completions/ptarmigan",
    "zsh": "usr/share/zsh/vendor-completions/_ptarmigan",
    "fish": "usr/share/fish/vendor_completions.d/ptarmigan.fish",
}
CONFIGURATION = {"default": "etc/default/ptarmigan", "agent.yml": "etc/ptarmigan/agent.yml"}


def output_of(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True,
                          text=True, **options).stdout


def commit_time():
    """When the tree was committed, in seconds since 1970."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return int(os.environ["SOURCE_DATE_EPOCH"])
    return int(output_of("git", "-C", ROOT, "log", "-1", "--format=%ct"))


def write(path, content, mode=0o644):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    path.chmod(mode)


def compressed(text):
    return gzip.compress(text.encode(), 9, mtime=0)


def changelog(version, date):
    """In Debian's form: it points to the project's own."""
    stamp = output_of("date", "--utc", "--rfc-email", f"--date=@{date}").strip()
    return (f"ptarmigan ({version}) unstable; urgency=medium\n\n"
            "  * What changed is in CHANGELOG.md.\n\n"
            f" -- The Ptarmigan Authors <ptarmigan@ptarmigan.invalid>  {stamp}\n")


def install_files(tree, version, date):
    """All that the package puts on a machine."""
    program = tree / "usr/bin/ptarmigan"
    program.parent.mkdir(parents=True)
    output_of("strip", "--strip-unneeded", "--remove-section=.comment",
              "--remove-section=.note", "-o", program, PROGRAM)
    program.chmod(0o755)
    for unit in ("ptarmigan.service", "ptarmigan.socket"):
        write(tree / "lib/systemd/system" / unit, (SYSTEMD / unit).read_text())
    for name, path in CONFIGURATION.items():
        write(tree / path, (DEBIAN / name).read_text())
    for shell, path in COMPLETIONS.items():
        # Read by the shell and not run.
        write(tree / path, output_of(PROGRAM, "--generate-completion-script", shell)
              .removeprefix("#!/bin/bash\n"))
    day = output_of("date", "--utc", f"--date=@{date}", "+%F").strip()
    for name, text in manual_pages.pages(PROGRAM, version, day).items():
        write(tree / f"usr/share/man/man1/{name}.gz", compressed(text))
    documents = tree / "usr/share/doc/ptarmigan"
    write(documents / "copyright", (DEBIAN / "copyright").read_text())
    write(documents / "changelog.gz", compressed(changelog(version, date)))
    write(documents / "CHANGELOG.md.gz", compressed((ROOT / "CHANGELOG.md").read_text()))
    write(documents / "examples/socket.conf", (SYSTEMD / "socket.conf").read_text())
    for path in sorted((ROOT / "docs").glob("*.md")):
        write(documents / f"{path.name}.gz", compressed(path.read_text()))


def needed_packages(program, directory):
    """The packages of the libraries that the program is linked to, as Debian finds them."""
    control = directory / "debian"
    control.mkdir()
    (control / "control").write_text("Source: ptarmigan\n\nPackage: ptarmigan\nArchitecture: any\n")
    found = output_of("dpkg-shlibdeps", "-O", f"-e{program}", cwd=directory)
    return re.fullmatch(r"shlibs:Depends=(.*)\n", found)[1]


def install_control(tree, version, depends):
    size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    values = {"VERSION": version, "INSTALLED_SIZE": str(size), "DEPENDS": depends,
              "ARCHITECTURE": output_of("dpkg", "--print-architecture").strip()}
    text = re.sub(r"@(\w+)@", lambda found: values[found[1]], (DEBIAN / "control").read_text())
    write(tree / "DEBIAN/control", text)
    write(tree / "DEBIAN/conffiles", "".join(f"/{path}\n" for path in CONFIGURATION.values()))
    for name in ("postinst", "prerm", "postrm"):
        write(tree / f"DEBIAN/{name}", (DEBIAN / name).read_text(), 0o755)
    sums = "".join(output_of("md5sum", path.relative_to(tree), cwd=tree)
                   for path in sorted(tree.rglob("*"))
                   if path.is_file() and path.relative_to(tree).parts[0] not in ("DEBIAN", "etc"))
    write(tree / "DEBIAN/md5sums", sums)


def build(target):
    version, date = output_of(PROGRAM, "--version").strip(), commit_time()
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as directory:
        directory = Path(directory)
        tree = directory / "tree"
        # Directories are made with the modes that a package has.
        os.umask(0o022)
        install_files(tree, version, date)
        install_control(tree, version, needed_packages(tree / "usr/bin/ptarmigan", directory))
        return output_of("dpkg-deb", "--root-owner-group", "--build", tree, target,
                         env={**os.environ, "SOURCE_DATE_EPOCH": str(date)})


def main():
    if not PROGRAM.exists():
        print(f"build-deb: {PROGRAM} is missing: run `make build` first", file=sys.stderr)
        return 1
    if shutil.which("dpkg-shlibdeps") is None:
        print("build-deb: dpkg-shlibdeps is missing: install the package dpkg-dev", file=sys.stderr)
        return 1
    said = build(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / ".build-deb"))
    print(re.search(r"in '(.*)'", said)[1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
