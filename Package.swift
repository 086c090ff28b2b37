// swift-tools-version:6.3
import PackageDescription

/// Settings of every Swift target; each upcoming feature is the language's own next default.
let strict: [SwiftSetting] = [
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
    .enableUpcomingFeature("ExistentialAny"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
    .enableUpcomingFeature("MemberImportVisibility"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
    .enableUpcomingFeature("InternalImportsByDefault"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0461-async-function-isolation.md
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "ptarmigan",
    products: [
        .executable(name: "ptarmigan", targets: ["Agent"]),
        .executable(name: "visit-bench", targets: ["VisitBench"]),
        .executable(name: "unwind-bench", targets: ["UnwindBench"]),
        .executable(name: "parser-fuzz", targets: ["ParserFuzz"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird",
            from: "2.28.1",
            traits: []
        ),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CCrypt",
            pkgConfig: "libcrypt",
            providers: [.apt(["libcrypt-dev"])]
        ),
        // libdw is looked for when it is needed, and not linked.
        .target(name: "CDebugInformation"),
        .target(
            name: "CDemangle",
            // The static library alone has the entry whose memory can be bounded.
            linkerSettings: [.linkedLibrary(":libstdc++.a")]
        ),
        .systemLibrary(
            name: "CLzma",
            pkgConfig: "liblzma",
            providers: [.apt(["liblzma-dev"])]
        ),
        .target(name: "CPtrace"),
        .systemLibrary(
            name: "CSystemd",
            pkgConfig: "libsystemd",
            providers: [.apt(["libsystemd-dev"])]
        ),
        .systemLibrary(
            name: "CYaml",
            pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"])]
        ),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .target(name: "Profiles", swiftSettings: strict),
        .target(
            name: "Images",
            dependencies: ["CDemangle", "CLzma", "CZlib", "CZstd", "Profiles"],
            swiftSettings: strict
        ),
        .target(
            name: "Sampler",
            dependencies: [
                "CPtrace", "Images", "Profiles",
                .product(name: "Histogram", package: "hdrhistogram-swift"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "DebugInformation",
            dependencies: ["CDebugInformation", "Images", "Profiles"],
            swiftSettings: strict
        ),
        .target(
            name: "Exporter",
            dependencies: [
                "CCrypt", "CZlib", "Profiles",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOExtras", package: "swift-nio-extras"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            exclude: ["Formats/FlameGraph/Page", "Formats/Pprof/profile.proto"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "Agent",
            dependencies: [
                "CPtrace", "CSystemd", "CYaml", "DebugInformation", "Exporter", "Images",
                "Profiles", "Sampler",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "VisitBench",
            dependencies: [
                "CPtrace", "Profiles", "Sampler",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            path: "Benchmarks/VisitBench",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "UnwindBench",
            dependencies: ["Images", "Profiles", "Sampler"],
            path: "Benchmarks/UnwindBench",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "ParserFuzz",
            dependencies: ["Exporter", "Images", "Profiles", "Sampler"],
            path: "Tests/Fuzz",
            swiftSettings: strict
        ),
        .testTarget(
            name: "ProfilesTests",
            dependencies: ["Profiles"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ImagesTests",
            dependencies: ["CLzma", "CZlib", "CZstd", "Images", "Profiles"],
            swiftSettings: strict
        ),
        .target(
            name: "CUnwindOracle",
            path: "Tests/Oracle/CUnwindOracle",
            linkerSettings: [.linkedLibrary("dw")]
        ),
        .testTarget(
            name: "SamplerTests",
            dependencies: [
                "CPtrace", "CUnwindOracle", "Images", "Sampler", "Profiles",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DebugInformationTests",
            dependencies: ["DebugInformation", "Images", "Profiles"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ExporterTests",
            dependencies: [
                "CZlib", "Exporter", "Profiles",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            exclude: ["Golden"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "AgentTests",
            dependencies: [
                "Agent", "CPtrace", "DebugInformation", "Exporter", "Profiles", "Sampler",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: ["Tidy/untested.txt"],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)
