import EventService
import EventServiceTestSupport
import Foundation
import NIOCore
import Storage
import TestSupport
import Testing
import UpstreamClient

@testable import evenkeel

/// Where what is accepted is kept, by the events API that it was accepted for.
@Suite
struct DataFolderTests {
    private func folder(_ upstream: String?) throws -> String? {
        var settings = Settings()
        settings.store.location = .folder(URL(fileURLWithPath: "/data"))
        settings.upstream = upstream.flatMap(BaseURL.init)
        return settings.dataFolder?.path
    }

    @Test("Each events API has one of its own, however its address is written")
    func names() throws {
        #expect(try folder(nil) == "/data/simulator")
        #expect(try folder("http://api.example.org") == "/data/api.example.org_80")
        #expect(try folder("HTTPS://API.example.org/") == "/data/api.example.org_443")
        #expect(try folder("https://api.example.org:443/") == "/data/api.example.org_443")
        #expect(try folder("http://api.example.org:8080/v1/events") == "/data/api.example.org_8080_v1_events")
        #expect(try folder("http://api.example.org:8080/v1_events") == "/data/api.example.org_8080_v1%5Fevents")
        #expect(try folder("http://[::1]:81/..") == "/data/%5B%3A%3A1%5D_81_..")
    }

    @Test(
        "What becomes of what is in it is told at the end",
        arguments: [
            (StoreConfiguration.Location.memory, nil, "Accepted events are lost: they were kept in memory only"),
            (.folder(URL(fileURLWithPath: "/data")), nil, "Events stay in the outbox for the next start"),
            (
                .folder(URL(fileURLWithPath: "/data")), "the file was removed",
                "Whether accepted events are there for the next start isn't known"
            ),
        ] as [(StoreConfiguration.Location, String?, String)]
    )
    func ends(location: StoreConfiguration.Location, failure: String?, words: String) {
        var settings = Settings()
        settings.store.location = location
        let log = RecordingLog()
        settings.tellWhatStays(of: .init(status: OutboxStatus(delivered: 3)), log.logger)
        #expect(log.lines.isEmpty)
        settings.tellWhatStays(of: .init(status: OutboxStatus(waiting: 2), failure: failure), log.logger)
        #expect(log.lines.map(\.message) == [words])
    }

    @Test("None in memory")
    func memory() {
        var settings = Settings()
        settings.store.location = .memory
        #expect(settings.dataFolder == nil)
        #expect(settings.otherDataFolders == [])
        #expect(settings.storeOfUpstream.location == .memory)
    }

    @Test("What was accepted for one is not seen by the others, which say that it is there")
    func apart() async throws {
        try await TemporaryFolder.use { folder in
            var first = Settings()
            first.store.location = .folder(folder.url)
            var second = first
            second.upstream = BaseURL("http://other.example:81")
            let log = RecordingLog()
            let store = try await Instance.openStore(first, log.logger)
            _ = try await store.outbox.add(
                OutboxEntry(
                    id: "e",
                    userID: "1",
                    event: .init(string: #"{"id":"e"}"#),
                    acceptedAt: Date(timeIntervalSince1970: 0),
                    requestID: "r"
                )
            )
            let other = try await Instance.openStore(second, log.logger)
            await second.tellOfOtherFolders(log.logger)
            #expect(try await other.outbox.status() == OutboxStatus())
            #expect(
                log.lines.map { "\($0.message): \($0.metadata["folder"] ?? ""), \($0.metadata["undelivered"] ?? "")" }
                    == [
                        "Accepted events are kept: \(folder.url.path)/simulator, 0",
                        "Accepted events are kept: \(folder.url.path)/other.example_81, 0",
                        "Events that were accepted for another events API are kept for it: \(folder.url.path)/simulator, 1",
                    ]
            )
            try await other.close()
            try await store.close()
        }
    }
}
