// Copyright 2026 The Ptarmigan Authors
// SPDX-License-Identifier: Apache-2.0

/// Why bytes are no profile that can be read.
package enum ProfileReadFailure: Error, Hashable, Sendable {
    case empty
    /// More bytes than are read, or than are unpacked.
    case tooManyBytes
    /// All stacks together have more frames than are read.
    case tooManyFrames
    /// None of the formats.
    case unknownFormat
    /// A picture or a table, which does not have the stacks.
    case picture
    /// A page that has no profile of this program in it.
    case foreignPage
    /// The page of a comparison.
    case comparisonPage
    case damagedGzip
    case damagedMessage
    /// An index or an identifier that stands for nothing, or numbers that do not go together.
    case danglingReference
    /// A line of folded stacks, from 1.
    case damagedLine(Int)
    /// JSON, at a byte from 0.
    case damagedJSON(Int)
    /// Values that are no time, with the names of their types.
    case noTime(types: [String])
    /// A difference of two profiles.
    case negativeWeight
    /// JSON that has no profile in it.
    case noProfile
    /// A type of speedscope's profiles other than "sampled".
    case eventedProfile
}

extension ProfileReadFailure: CustomStringConvertible {
    /// Why, and what can be done, as a part of a sentence about a file.
    package var description: String {
        switch self {
        case .empty: "it is empty"
        case .tooManyBytes:
            "it has more than \(ProfileReader.byteLimit >> 20) MiB, or unpacks to more"
        case .tooManyFrames:
            "its stacks have more frames than a file of its size is let have"
        case .unknownFormat:
            "it is none of pprof, folded stacks, speedscope's JSON and ptarmigan's HTML"
        case .picture:
            "it shows a profile and does not hold one; use pprof, folded stacks, speedscope's JSON "
                + "or ptarmigan's HTML"
        case .foreignPage: "it is a page, but not one of ptarmigan's flame graphs"
        case .comparisonPage: "it is a comparison; give the two profiles that it was made of"
        case .damagedGzip: "its gzip data is damaged or cut short"
        case .damagedMessage: "its pprof message is damaged or cut short"
        case .danglingReference: "it refers to parts that it does not have"
        case .damagedLine(let line):
            "its line \(line) is no stack with a number at its end"
        case .damagedJSON(let offset): "its JSON is damaged or cut short at byte \(offset)"
        case .noTime(let types):
            // The names are the file's, and this may be read in a terminal.
            "it has no time in it, only "
                + VisibleText(
                    replacingControlsIn: String(types.joined(separator: ", ").prefix(200))
                )
                .description
        case .negativeWeight: "it is a difference of profiles; give the two that it was made of"
        case .noProfile: "its JSON has no profile of speedscope's in it"
        case .eventedProfile:
            "its profile is of the type \"evented\"; save it as \"sampled\", or as pprof"
        }
    }
}
