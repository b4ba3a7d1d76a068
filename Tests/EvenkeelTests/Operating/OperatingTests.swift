import AsyncHTTPClient
import Foundation
import NIOHTTP1
import TestSupport
import Testing
import UpstreamSimulator

@testable import evenkeel

/// What operators get beside the program: the metrics of a running instance, the alert rules and the dashboard.
@Suite("Operating", .timeLimit(.minutes(3)))
struct OperatingTests {
    private static let promtool = ProcessInfo.processInfo.environment["EVENKEEL_PROMTOOL"]

    /// The metrics of an instance that has served some requests.
    private func metrics() async throws -> String {
        let text = Observed("")
        try await withInstance(scenario: .steady) { _, api in
            for path in ["/getUsers", "/getEventsByUserId/2", "/readyz", "/nothing", "/metrics"] {
                _ = try await api.get(path)
            }
            let (response, body) = try await api.get("/metrics")
            #expect(response.headers.first(name: "content-type") == "text/plain; version=0.0.4; charset=utf-8")
            text.change { $0 = body }
        }
        return text.value
    }

    /// The names of the series in a text of metrics.
    private func names(in metrics: String) -> Set<String> {
        Set(
            metrics.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
                String($0.prefix { $0 != "{" && $0 != " " })
            }
        )
    }

    /// The metrics that rules or a dashboard ask for.
    private func mentions(in text: String) -> Set<String> {
        Set(text.matches(of: /\b(?:evenkeel|process)_[a-z_]+\b/).map { String($0.output) })
    }

    private static func file(_ name: String) throws -> String {
        let folder = URL(filePath: #filePath).appending(path: "../../../../Sources/evenkeel/Operating").standardized
        return try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    @Test(
        "The alert rules and the dashboard ask only for metrics that there are",
        arguments: ["alerts.yml", "grafana-dashboard.json"]
    )
    func mentioned(file: String) async throws {
        let mentions = mentions(in: try Self.file(file))
        #expect(mentions.count > 5)
        #expect(mentions.subtracting(names(in: try await metrics())) == [])
    }

    @Test("The README names every metric, and none that there isn't")
    func readme() async throws {
        let root = URL(filePath: #filePath).appending(path: "../../../../").standardized
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let table = readme.components(separatedBy: "\n").filter {
            $0.hasPrefix("| `evenkeel_") || $0.hasPrefix("| `process_")
        }
        let families = try await metrics().matches(of: /# TYPE (\S+)/).map { String($0.output.1) }
        #expect(mentions(in: table.joined()) == Set(families))
    }

    @Test("The dashboard's panels have queries, and places of their own")
    func dashboard() throws {
        let json = try JSONSerialization.jsonObject(with: Data(try Self.file("grafana-dashboard.json").utf8))
        let panels = try #require((json as? [String: Any])?["panels"] as? [[String: Any]])
        #expect(Set(panels.compactMap { $0["id"] as? Int }).count == panels.count)
        var taken: Set<[Int]> = []
        for panel in panels {
            let place = try #require(panel["gridPos"] as? [String: Int])
            let (x, y, width, height) = (place["x"] ?? 0, place["y"] ?? 0, place["w"] ?? 0, place["h"] ?? 0)
            #expect(x + width <= 24)
            for column in x..<x + width {
                for line in y..<y + height {
                    #expect(taken.insert([column, line]).inserted, "\(panel["title"] ?? "")")
                }
            }
            guard panel["type"] as? String != "row" else { continue }
            let targets = try #require(panel["targets"] as? [[String: Any]])
            #expect(!targets.isEmpty && targets.allSatisfy { $0["expr"] is String })
        }
    }

    @Test(
        "Prometheus' own checker has nothing to say about the metrics",
        .enabled(if: promtool != nil, "needs promtool, which Scripts/test fetches and names in EVENKEEL_PROMTOOL")
    )
    func checked() async throws {
        let process = Process()
        process.executableURL = URL(filePath: try #require(Self.promtool))
        process.arguments = ["check", "metrics"]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, output)
        let metrics = try await metrics()
        let ended = AsyncStream<Int32>.makeStream()
        process.terminationHandler = { ended.continuation.yield($0.terminationStatus) }
        try process.run()
        // It reads everything before it says anything, so that neither side can wait for the other.
        try input.fileHandleForWriting.write(contentsOf: Data(metrics.utf8))
        try input.fileHandleForWriting.close()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        var status = ended.stream.makeAsyncIterator()
        #expect(await status.next() == 0)
        #expect(said == "")
    }
}
