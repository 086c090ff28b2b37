# Copyright 2026 The Ptarmigan Authors
# SPDX-License-Identifier: Apache-2.0

"""What a web server may be sent instead of a request."""

LONG = b"a" * 65_536
HOST = b"Host: localhost\r\n"
# None of them may be answered with 200.
HEADS = {
    "long headers": b"GET /metrics HTTP/1.1\r\n" + HOST + b"X-Long: " + LONG + b"\r\n\r\n",
    "many headers": b"GET /metrics HTTP/1.1\r\n" + HOST
                    + b"".join(b"X-%d: a\r\n" % index for index in range(1_000)) + b"\r\n",
    "long addresses": b"GET /" + LONG + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "long parameters": b"GET /debug/pprof/profile?group=" + LONG + b" HTTP/1.1\r\n" + HOST
                       + b"\r\n",
    "no HTTP": LONG + b"\r\n\r\n",
}
UNFINISHED = b"GET /metrics HTTP/1.1\r\n" + HOST + b"X-Slow: "
