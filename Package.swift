// swift-tools-version: 6.2

import PackageDescription

/// Warnings stop the build in CI (`Scripts/test` sets this) and nowhere else, so that a newer compiler's
/// new warning doesn't keep anybody from running Evenkeel.
let warningsAreErrors = Context.environment["EVENKEEL_WARNINGS"] == "errors"

let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ] + (warningsAreErrors ? [.treatAllWarnings(as: .error)] : [])

// MARK: - Products of other packages

/// What only the program needs: a package that depends on this one for `Resilience` says `traits: []`, and none of it is
/// fetched.
let programTrait = "Program"

func product(_ name: String, of package: String) -> Target.Dependency {
    .product(name: name, package: package, condition: .when(traits: [programTrait]))
}

let argumentParser = product("ArgumentParser", of: "swift-argument-parser")
let asyncAlgorithms = product("AsyncAlgorithms", of: "swift-async-algorithms")
let asyncHTTPClient = product("AsyncHTTPClient", of: "async-http-client")
let configuration = product("Configuration", of: "swift-configuration")
let crypto = product("Crypto", of: "swift-crypto")
let deque = product("DequeModule", of: "swift-collections")
let grdb = product("GRDB", of: "GRDB.swift")
let grdbSQLite = product("GRDBSQLite", of: "GRDB.swift")
let httpTypes = product("HTTPTypes", of: "swift-http-types")
let hummingbird = product("Hummingbird", of: "hummingbird")
let hummingbirdCore = product("HummingbirdCore", of: "hummingbird")
let hummingbirdTesting = product("HummingbirdTesting", of: "hummingbird")
let hummingbirdTLS = product("HummingbirdTLS", of: "hummingbird")
let logging = product("Logging", of: "swift-log")
let nioCertificateReloading = product("NIOCertificateReloading", of: "swift-nio-extras")
let nioCore = product("NIOCore", of: "swift-nio")
let nioEmbedded = product("NIOEmbedded", of: "swift-nio")
let nioFoundationCompat = product("NIOFoundationCompat", of: "swift-nio")
let nioHTTP1 = product("NIOHTTP1", of: "swift-nio")
let nioHTTPTypes = product("NIOHTTPTypes", of: "swift-nio-extras")
let nioHTTPTypesHTTP1 = product("NIOHTTPTypesHTTP1", of: "swift-nio-extras")
let nioPosix = product("NIOPosix", of: "swift-nio")
let nioSSL = product("NIOSSL", of: "swift-nio-ssl")
let nioTLS = product("NIOTLS", of: "swift-nio")
let serviceLifecycle = product("ServiceLifecycle", of: "swift-service-lifecycle")
let swiftASN1 = product("SwiftASN1", of: "swift-asn1")
let systemPackage = product("SystemPackage", of: "swift-system")
let unixSignals = product("UnixSignals", of: "swift-service-lifecycle")
let x509 = product("X509", of: "swift-certificates")
let yams = product("Yams", of: "Yams")

// MARK: - Targets

func target(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.target(name: name), "TestSupport"] + dependencies,
        exclude: exclude,
        swiftSettings: settings
    )
}

let package = Package(
    name: "evenkeel",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "evenkeel", targets: ["evenkeel"]),
        .library(name: "Resilience", targets: ["Resilience"]),
    ],
    traits: [
        .trait(name: programTrait, description: "The program `evenkeel` and everything it depends on."),
        .default(enabledTraits: [programTrait]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-async-algorithms.git", from: "1.1.4"),
        .package(url: "https://github.com/apple/swift-asn1.git", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates.git", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-collections.git", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0", traits: ["JSON", "YAML"]),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system.git", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CNcurses",
            path: "Modules/CNcurses",
            providers: [.apt(["libncurses-dev"]), .brew(["ncurses"])]
        ),
        target("Resilience"),
        target("EventService", ["Resilience", crypto, deque, logging, nioCore, nioFoundationCompat]),
        target("Storage", ["EventService", grdb, nioCore]),
        target("UpstreamClient", ["EventService", asyncHTTPClient, nioCore, nioFoundationCompat, nioHTTP1, nioPosix]),
        target(
            "HTTPAPI",
            [
                "EventService", "Resilience", asyncAlgorithms, crypto, deque, httpTypes, hummingbird, hummingbirdCore,
                hummingbirdTLS, logging, nioCertificateReloading, nioCore, nioHTTP1, nioHTTPTypes, nioHTTPTypesHTTP1,
                nioSSL, nioTLS,
            ]
        ),
        target(
            "RemoteService",
            [
                "EventService", "Resilience", asyncHTTPClient, logging, nioCore, nioFoundationCompat, nioHTTP1,
                nioPosix,
            ]
        ),
        target("UpstreamSimulator", [hummingbird, hummingbirdCore, logging, nioCore, serviceLifecycle]),
        target("TextUI"),
        target("Dashboard", ["EventService", "TextUI"]),
        .target(
            name: "NcursesTerminal",
            dependencies: ["CNcurses", "TextUI"],
            swiftSettings: settings,
            linkerSettings: [
                .linkedLibrary("ncursesw", .when(platforms: [.linux])),
                .linkedLibrary("ncurses", .when(platforms: [.macOS])),
            ]
        ),
        .executableTarget(
            name: "evenkeel",
            dependencies: [
                "Dashboard", "EventService", "HTTPAPI", "NcursesTerminal", "RemoteService", "Resilience", "Storage",
                "TextUI", "UpstreamClient", "UpstreamSimulator", argumentParser, asyncHTTPClient, configuration,
                logging,
                nioCore, nioFoundationCompat, nioHTTP1, nioPosix, serviceLifecycle, systemPackage, unixSignals, yams,
            ],
            exclude: ["Operating"],
            swiftSettings: settings
        ),
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        tests(of: "Resilience"),
        .target(
            name: "EventServiceTestSupport",
            dependencies: ["EventService", "TestSupport", logging, nioCore],
            path: "Tests/EventServiceTestSupport",
            swiftSettings: settings
        ),
        tests(of: "EventService", ["EventServiceTestSupport", "Resilience", logging, nioCore]),
        tests(of: "Storage", ["EventService", grdb, nioCore]),
        .target(
            name: "NetworkTestSupport",
            dependencies: ["TestSupport", nioCore, nioPosix],
            path: "Tests/NetworkTestSupport",
            swiftSettings: settings
        ),
        tests(
            of: "UpstreamClient",
            ["EventService", "NetworkTestSupport", "Resilience", asyncHTTPClient, nioCore, nioHTTP1, nioPosix]
        ),
        tests(
            of: "HTTPAPI",
            [
                "EventService", "EventServiceTestSupport", "Resilience", crypto, httpTypes, hummingbird,
                hummingbirdTesting, logging, nioCore, nioEmbedded, nioHTTP1, nioHTTPTypes, nioHTTPTypesHTTP1, nioPosix,
                nioSSL, nioTLS, swiftASN1, x509,
            ]
        ),
        tests(
            of: "RemoteService",
            [
                "EventService", "EventServiceTestSupport", "HTTPAPI", "NetworkTestSupport", "Resilience",
                asyncHTTPClient, hummingbird, hummingbirdTesting, logging, nioCore, nioHTTP1, nioPosix,
            ]
        ),
        tests(of: "UpstreamSimulator", [logging, serviceLifecycle]),
        tests(of: "TextUI"),
        tests(of: "Dashboard", ["EventService", "NcursesTerminal", "TextUI"], exclude: ["Goldens"]),
        tests(of: "NcursesTerminal", ["TextUI"]),
        .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
        .testTarget(
            name: "EvenkeelTests",
            dependencies: [
                "evenkeel", "CPseudoTerminal", "Dashboard", "EventService", "EventServiceTestSupport", "HTTPAPI",
                "Resilience", "Storage", "TestSupport", "TextUI", "UpstreamClient", "UpstreamSimulator", argumentParser,
                asyncHTTPClient, configuration, logging, nioCore, nioHTTP1, nioPosix, serviceLifecycle,
            ],
            exclude: ["Operating/alerts-tests.yml"],
            swiftSettings: settings
        ),
    ]
)

// MARK: - What the program is measured with

// Built by `Scripts/benchmark-http` and `Scripts/benchmark-storage` only.
if Context.environment["EVENKEEL_BENCHMARKS"] == "1" {
    package.targets += [
        .executableTarget(
            name: "HTTPBenchmarks",
            dependencies: [httpTypes, hummingbird, logging, nioCore],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "StorageBenchmarks",
            dependencies: ["EventService", "Storage", grdbSQLite, nioCore],
            swiftSettings: settings
        ),
    ]
}

// MARK: - The Resilience library alone

// `Scripts/benchmark` and `Scripts/test-threads` need neither the program nor anything that it depends on.
if Context.environment["EVENKEEL_ONLY"] == "Resilience" {
    package.products = []
    package.dependencies = []
    package.targets.removeAll { !["Resilience", "TestSupport", "ResilienceTests"].contains($0.name) }
    for tests in package.targets where tests.isTest { tests.dependencies.append("CThreadSanitizerMutex") }
    package.targets += [
        .target(name: "CThreadSanitizerMutex", path: "Tests/CThreadSanitizerMutex"),
        .target(name: "CBenchmarkSupport"),
        .executableTarget(
            name: "ResilienceBenchmarks",
            dependencies: ["CBenchmarkSupport", "Resilience"],
            swiftSettings: settings
        ),
    ]
}
