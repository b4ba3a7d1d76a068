import Foundation
import Storage

/// What it costs to accept an event durably, beside SQLite alone, and what a full outbox costs.
@main
struct StorageBenchmarks {
    static func main() async throws {
        guard CommandLine.arguments.count == 2 else { fatalError("usage: StorageBenchmarks FOLDER") }
        let folder = URL(fileURLWithPath: CommandLine.arguments[1], isDirectory: true)
        try await compareAccepts(in: folder)
        try await measureFull("each of another user", users: FullOutbox.entries)
        try await measureFull("all of one user", users: 1)
        try await measureOpening(in: folder)
    }

    /// In turns, so that whatever slows the disk down for a while slows all of them down.
    private static func compareAccepts(in folder: URL) async throws {
        let bare = try BareInserts(path: folder.appendingPathComponent("bare.sqlite").path)
        var configuration = StoreConfiguration(.folder(folder.appendingPathComponent("store")))
        configuration.maximumOutboxEntries = .max
        let store = try await Store.open(configuration)
        configuration.location = .memory
        let memory = try await Store.open(configuration)
        let turn = Duration.seconds(2)
        let contenders: [(name: String, accepts: () async throws -> Accepts)] = [
            ("SQLite alone", { try Accepts(bare: bare, for: turn) }),
            ("Storage, callers: 1", { try await Accepts(store, callers: 1, for: turn) }),
            ("Storage, callers: 16", { try await Accepts(store, callers: 16, for: turn) }),
            ("Storage, callers: 64", { try await Accepts(store, callers: 64, for: turn) }),
            ("Storage in memory, callers: 64", { try await Accepts(memory, callers: 64, for: turn) }),
        ]
        var rounds = contenders.map { _ in [Accepts]() }
        for _ in 0..<5 {
            for (index, contender) in contenders.enumerated() { rounds[index].append(try await contender.accepts()) }
        }
        try await store.close()
        try await memory.close()
        printAccepts(contenders.map(\.name), rounds.map(median))
    }

    private static func printAccepts(_ names: [String], _ rows: [Accepts]) {
        printRow("", "accepts/s", "ratio", "p99 ms", "ratio")
        for (name, row) in zip(names, rows) {
            printRow(
                name,
                number(row.perSecond, digits: 0),
                number(row.perSecond / rows[0].perSecond, digits: 2),
                number(row.slowest / .milliseconds(1), digits: 2),
                number(row.slowest / rows[0].slowest, digits: 2)
            )
        }
    }

    private static func median(of rounds: [Accepts]) -> Accepts {
        var result = rounds[0]
        result.perSecond = rounds.map(\.perSecond).sorted()[rounds.count / 2]
        result.slowest = rounds.map(\.slowest).sorted()[rounds.count / 2]
        return result
    }

    /// In memory: the wait for the disk is measured above.
    private static func measureFull(_ what: String, users: Int) async throws {
        let outbox = try await FullOutbox(.memory, users: users)
        print("")
        printRow("\(FullOutbox.entries) entries, \(what)", "median ms", "p99 ms", "", "")
        for row in try await outbox.measure() {
            printRow(
                row.name,
                number(row.median / .milliseconds(1), digits: 3),
                number(row.slowest / .milliseconds(1), digits: 3),
                "",
                ""
            )
        }
        try await outbox.close()
    }

    private static func measureOpening(in folder: URL) async throws {
        let full = folder.appendingPathComponent("full")
        try await FullOutbox(.folder(full), users: 1000).close()
        let clock = ContinuousClock()
        var times: [Duration] = []
        for _ in 0..<5 {
            let start = clock.now
            let store = try await Store.open(StoreConfiguration(.folder(full)))
            times.append(clock.now - start)
            try await store.close()
        }
        print("")
        let median = times.sorted()[times.count / 2]
        printRow("opening \(FullOutbox.entries) entries", number(median / .milliseconds(1), digits: 0), "ms", "", "")
    }

    private static func number(_ value: Double, digits: Int) -> String { String(format: "%.\(digits)f", value) }

    private static func printRow(_ name: String, _ columns: String...) {
        let cells = columns.map { String(repeating: " ", count: max(0, 12 - $0.count)) + $0 }
        print(name.padding(toLength: max(44, name.count), withPad: " ", startingAt: 0) + cells.joined())
    }
}
