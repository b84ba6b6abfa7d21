// swift-tools-version: 6.2
import PackageDescription

// The arrows between modules are the architecture: see ARCHITECTURE.md. An import that is not declared
// here fails `scripts/check`.
let package = Package(
    name: "cairn",
    products: [
        .executable(name: "cairn", targets: ["cairn"]),
        .executable(name: "benchmarks", targets: ["benchmarks"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // C and system libraries
        .target(name: "CKernels", linkerSettings: [.linkedLibrary("m"), .linkedLibrary("pthread")]),
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CEditLine", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
        .systemLibrary(name: "CSpng", pkgConfig: "spng", providers: [.apt(["libspng-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),

        // The language side: knows no network
        .target(name: "CommandLanguage"),
        .target(name: "Console", dependencies: ["CommandLanguage", "CEditLine"]),

        .target(name: "Publishing", dependencies: ["CommandLanguage", "CCairo"]),

        // The training side: knows no command and never prints
        .target(name: "Tensors", dependencies: ["CKernels", "COpenBLAS"]),
        .target(name: "Networks", dependencies: ["Tensors"]),
        .target(name: "Datasets", dependencies: ["Tensors", "CZlib", "CTurboJPEG", "CSpng", "CZip"]),
        .target(name: "Interchange", dependencies: ["Tensors", "Networks"]),
        .target(name: "Training", dependencies: ["Tensors", "Networks", "Datasets"]),
        .target(name: "Diagnosis", dependencies: ["Tensors", "Networks", "Training"]),
        .target(
            name: "Search",
            dependencies: [
                "Tensors", "Networks", "Datasets", "Training", .product(name: "GRDB", package: "GRDB.swift"),
            ]),

        // Where both sides meet, and the programs
        .target(
            name: "Workbench",
            dependencies: [
                "CommandLanguage", "Publishing", "Tensors", "Networks", "Interchange", "Datasets", "Training",
                "Diagnosis",
                "Search",
            ]),
        .executableTarget(
            name: "cairn",
            dependencies: [
                "CommandLanguage", "Workbench", "Console", "Publishing",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "benchmarks",
            dependencies: [
                "Tensors", "Networks", "Datasets", "Training", "CommandLanguage", "Workbench", "CTurboJPEG",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        // Tests: a folder for each module, and shared helpers
        .target(name: "TestSupport", dependencies: ["Tensors"], path: "Tests/TestSupport"),
        .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
        .testTarget(name: "CommandLanguageTests", dependencies: ["CommandLanguage"]),
        // A pseudo-terminal with a screen, and a program with the console and a made-up language to run in it.
        .executableTarget(
            name: "ConsoleProbe", dependencies: ["Console", "CommandLanguage"], path: "Tests/ConsoleProbe"),
        .target(name: "TerminalSupport", path: "Tests/TerminalSupport"),
        .testTarget(
            name: "ConsoleTests",
            dependencies: ["Console", "CommandLanguage", "ConsoleProbe", "TerminalSupport"]),
        .testTarget(name: "PublishingTests", dependencies: ["Publishing", "CommandLanguage"]),
        .testTarget(name: "TensorsTests", dependencies: ["Tensors", "CKernels", "TestSupport"]),
        .testTarget(
            name: "NetworksTests",
            dependencies: [
                "Networks", "Interchange", "Tensors", "TestSupport",
            ],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "DatasetsTests", dependencies: ["Datasets", "Tensors", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "TrainingTests",
            dependencies: [
                "Training", "Networks", "Datasets", "Tensors", "TestSupport", "AllocationCounter",
            ],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "DiagnosisTests",
            dependencies: ["Diagnosis", "Training", "Networks", "Datasets", "Tensors", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "SearchTests",
            dependencies: [
                "Search", "Training", "Networks", "Datasets", "Tensors", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .testTarget(
            name: "WorkbenchTests", dependencies: ["Workbench", "Console", "CommandLanguage", "TestSupport"],
            resources: [.copy("Transcripts"), .copy("Data")]),
        // Runs the built program as a user does: arguments, pipes, a pseudo-terminal.
        .testTarget(name: "CairnTests", dependencies: ["cairn", "TerminalSupport"]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .gnu17
)
