import Foundation

/// Notices that files have changed, by looking at them now and then: so it doesn't matter who wrote them, on which file
/// system, and whether in place or by putting another file or link there.
struct FileWatch: Sendable {
    /// What a file looked like.
    struct Look: Equatable {
        private let number: UInt64
        private let size: UInt64
        private let permissions: Int
        private let changed: Date

        /// Looks at a file; `nil` where there is none.
        init?(at path: String) {
            // A path that can't be looked at is a file that isn't there: reading it says what is wrong.
            guard
                let attributes = try? FileManager.default.attributesOfItem(
                    atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path
                ),
                let number = attributes[.systemFileNumber] as? UInt64, let size = attributes[.size] as? UInt64,
                let permissions = attributes[.posixPermissions] as? Int,
                let changed = attributes[.modificationDate] as? Date
            else { return nil }
            (self.number, self.size, self.permissions, self.changed) = (number, size, permissions, changed)
        }

        /// Looks at files, of which those that aren't there have no place in the answer.
        static func all(at paths: [String]) -> [String: Look] {
            Dictionary(
                paths.compactMap { path in Look(at: path).map { (path, $0) } },
                uniquingKeysWith: { first, _ in first }
            )
        }
    }

    private let paths: @Sendable () -> [String]
    private let interval: Duration
    private let clock: any Clock<Duration>
    private let first: [String: Look]

    /// - Parameters:
    ///   - paths: The files, asked for anew at every look.
    ///   - first: What they looked like before they were read.
    ///   - interval: The time between two looks.
    init(
        _ paths: @escaping @Sendable () -> [String],
        since first: [String: Look],
        every interval: Duration = .seconds(2),
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.paths = paths
        self.interval = interval
        self.clock = clock
        self.first = first
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
            let now = Look.all(at: paths)
            if now == last, now != told {
                await changed(Set(paths.filter { now[$0] != told[$0] }))
                told = now
            }
            last = now
        }
    }
}
