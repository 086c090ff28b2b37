# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""The filter of system calls that container engines use by default, put in force by libseccomp.

The profile is the one that Debian's golang-github-containers-common has for Podman and CRI-O;
Docker's and containerd's have the same origin.
"""

import ctypes
import json
import os
import platform

from recordings import ROOT

PROFILE = ROOT / ".build-tools/seccomp/usr/share/containers/seccomp.json"
INSTALLED = "/usr/share/containers/seccomp.json"
ARCHITECTURE = {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()]
# seccomp.h: actions, the attribute that says whether to set no_new_privs, and comparisons.
ACTIONS = {"SCMP_ACT_ALLOW": 0x7FFF0000, "SCMP_ACT_ERRNO": 0x00050000}
NO_NEW_PRIVILEGES = 3
COMPARISONS = {f"SCMP_CMP_{name}": number for number, name in enumerate(
    ("NE", "LT", "LE", "EQ", "GE", "GT", "MASKED_EQ"), start=1)}
EPERM = 1
UNKNOWN_CALL = -1


class Comparison(ctypes.Structure):
    _fields_ = [("argument", ctypes.c_uint), ("operation", ctypes.c_int),
                ("first", ctypes.c_uint64), ("second", ctypes.c_uint64)]


def path():
    """The profile's file; None where there is none."""
    return next((str(path) for path in (PROFILE, INSTALLED) if os.path.exists(path)), None)


def kernel():
    return tuple(int(part) for part in platform.release().split("-")[0].split(".")[:2])


def holds(rule, capabilities):
    """Whether a rule is for a container with these capabilities, here."""
    includes, excludes = rule.get("includes") or {}, rule.get("excludes") or {}
    least = tuple(map(int, includes.get("minKernel", "0.0").split(".")))
    return (set(includes.get("caps") or ()) <= capabilities
            and not set(excludes.get("caps") or ()) & capabilities
            and ARCHITECTURE in (includes.get("arches") or [ARCHITECTURE])
            and ARCHITECTURE not in (excludes.get("arches") or [])
            and kernel() >= least)


def action(name, number):
    if name not in ACTIONS:
        raise SystemExit(f"seccomp_profile: {name} is not known here")
    return ACTIONS[name] | (number if name == "SCMP_ACT_ERRNO" else 0)


def add(library, context, rule):
    """One rule for each of its calls that this machine has."""
    conditions = [Comparison(condition["index"], COMPARISONS[condition["op"]], condition["value"],
                             condition.get("valueTwo", 0)) for condition in rule.get("args") or []]
    array = (Comparison * max(1, len(conditions)))(*conditions)
    wanted = action(rule["action"], rule.get("errnoRet", EPERM))
    for name in rule["names"]:
        number = library.seccomp_syscall_resolve_name(name.encode())
        if number == UNKNOWN_CALL:
            continue
        done = library.seccomp_rule_add_array(context, wanted, number, len(conditions), array)
        if done != 0:
            raise SystemExit(f"seccomp_profile: the rule for {name}: {os.strerror(-done)}")


def install(file, capabilities):
    """Puts the profile in force for this process and what it becomes; needs CAP_SYS_ADMIN.

    Capabilities as the profile writes them, with CAP_ before.
    """
    with open(file, encoding="utf-8") as text:
        profile = json.load(text)
    library = ctypes.CDLL("libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(library.seccomp_init(
        action(profile["defaultAction"], profile.get("defaultErrnoRet", EPERM))))
    library.seccomp_attr_set(context, NO_NEW_PRIVILEGES, 0)
    default = profile["defaultAction"], profile.get("defaultErrnoRet", EPERM)
    for rule in profile["syscalls"]:
        same = (rule["action"], rule.get("errnoRet", EPERM)) == default
        # libseccomp refuses a rule that says what the default says.
        if holds(rule, capabilities) and not same:
            add(library, context, rule)
    done = library.seccomp_load(context)
    if done != 0:
        raise SystemExit(f"seccomp_profile: {os.strerror(-done)}")
