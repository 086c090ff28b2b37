// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// The bytes in base 64, by another implementation than the one under test.
func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

/// An Authorization header of a user and a password.
func basic(_ user: String, _ password: String) -> String {
    "Basic " + base64(Array("\(user):\(password)".utf8))
}
