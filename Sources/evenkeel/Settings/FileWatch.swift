import Foundation

/// Notices that files have changed, by looking at them now and then: so it doesn't matter who wrote them, on which file
/// system, and whether in place or by putting another file or link there.
struct FileWatch: Sendable {
    /// What a file looked like; `nil` where there was none.
    private struct Look: Equatable {
        let number: UInt64
        let size: UInt64
        let changed: Date
    }

    private let paths: @Sendable () -> [String]
    private let interval: Duration
    private let clock: any Clock<Duration>
    private let first: [String: Look]

    /// Remembers what the files look like now: make it before they are read.
    /// - Parameters:
    ///   - paths: The files, asked for anew at every look.
    ///   - interval: The time between two looks.
    init(
        _ paths: @escaping @Sendable () -> [String],
        every interval: Duration = .seconds(2),
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.paths = paths
        self.interval = interval
        self.clock = clock
        self.first = Self.look(at: paths())
    }

    /// Tells of changes until it is cancelled.
    /// - Parameter changed: Told the files that changed, or came, or went, once they looked the same twice since: whoever
    ///   writes one is likely done then.
    func run(_ changed: (Set<String>) async -> Void) async throws {
        var told = first
        var last = first
        while true {
            try await clock.sleep(for: interval)
            let paths = paths()
            let now = Self.look(at: paths)
            if now == last, now != told {
                await changed(Set(paths.filter { now[$0] != told[$0] }))
                told = now
            }
            last = now
        }
    }

    private static func look(at paths: [String]) -> [String: Look] {
        Dictionary(
            paths.compactMap { path in look(at: path).map { (path, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private static func look(at path: String) -> Look? {
        // A path that can't be looked at is a file that isn't there: reading it says what is wrong.
        guard
            let attributes = try? FileManager.default.attributesOfItem(
                atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path
            ),
            let number = attributes[.systemFileNumber] as? UInt64, let size = attributes[.size] as? UInt64,
            let changed = attributes[.modificationDate] as? Date
        else { return nil }
        return Look(number: number, size: size, changed: changed)
    }
}
