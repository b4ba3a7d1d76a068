import EventService
import Foundation
import NIOCore
import Storage

/// How many entries were accepted in a second, and how long the slowest hundredth of them took.
struct Accepts {
    var perSecond: Double
    var slowest: Duration

    private static let event = [UInt8](repeating: UInt8(ascii: "x"), count: 300)

    private init(_ times: [Duration], in elapsed: Duration) {
        perSecond = Double(times.count) / (elapsed / .seconds(1))
        slowest = times.sorted()[times.count * 99 / 100]
    }

    /// Of a bare loop.
    init(bare inserts: BareInserts, for time: Duration) throws {
        let clock = ContinuousClock()
        let start = clock.now
        var times: [Duration] = []
        while clock.now < start + time {
            let id = UUID().uuidString
            let before = clock.now
            try inserts.add(id: id, event: Self.event)
            times.append(clock.now - before)
        }
        self.init(times, in: clock.now - start)
    }

    /// Of so many callers of a store at once.
    init(_ store: Store, callers: Int, for time: Duration) async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let times = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for _ in 0..<callers {
                group.addTask {
                    var times: [Duration] = []
                    while clock.now < start + time {
                        let entry = Self.entry(userID: UUID().uuidString)
                        let before = clock.now
                        _ = try await store.outbox.add(entry)
                        times.append(clock.now - before)
                    }
                    return times
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        self.init(times, in: clock.now - start)
    }

    /// A new entry.
    static func entry(userID: String) -> OutboxEntry {
        OutboxEntry(
            id: UUID().uuidString,
            userID: userID,
            event: ByteBuffer(bytes: event),
            acceptedAt: Date(),
            requestID: "benchmark"
        )
    }
}
