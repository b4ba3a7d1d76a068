import EventService
import Foundation
import NIOCore
import Testing

@testable import HTTPAPI
@testable import RemoteService

/// As much as the service keeps of its routes, told by the HTTP API and taken here.
@Suite("Lanes as full as they get")
struct FullLaneTests {
    private static let now = 1_700_000_040

    private static func bands(_ count: Int = LaneBands.maximum) -> [Timeline.Band] {
        (0..<count).map { number in
            let from = Date(timeIntervalSince1970: Double(now + (number - count) * 61) + 0.125)
            return Timeline.Band(state: .open, from: from, to: from.addingTimeInterval(60), wait: .seconds(60))
        }
    }

    /// A lane of which every second of the last day is known, each busy in every way.
    private static func lane() -> Timeline.Lane {
        func second(_ second: Int64) -> Timeline.Second {
            var busy = Timeline.Second(second: second)
            (busy.successes, busy.failures, busy.rejections) = (1000, 1000, 1000)
            (busy.probeSuccesses, busy.probeFailures) = (1, 1)
            return busy
        }
        let now = Int64(now)
        var past = LanePast()
        past.take((now - 2 * 24 * 3600...now - RemoteLane.span).lazy.map(second), now: now)
        return Timeline.Lane(
            seconds: (now - RemoteLane.span + 1...now).map(second),
            earlier: past.periods,
            bands: bands(),
            latencies: (0..<120).map { number in
                Timeline.Latency(
                    second: now + (number - 119) * Timeline.Latency.length,
                    calls: 5000,
                    median: .milliseconds(12.5),
                    percentile99: .milliseconds(123.25)
                )
            }
        )
    }

    private func json(_ value: some Encodable) throws -> ByteBuffer {
        ByteBuffer(bytes: try JSONEncoder().encode(value))
    }

    private func snapshot(_ lane: Timeline.Lane) -> ServiceSnapshot {
        ServiceSnapshot(
            takenAt: Date(timeIntervalSince1970: Double(Self.now)),
            upstream: .init(url: "http://events.test"),
            apiURL: nil,
            phase: .serving,
            breakers: [],
            timeline: Timeline(lanes: Dictionary(uniqueKeysWithValues: UpstreamRoute.allCases.map { ($0, lane) }))
        )
    }

    @Test("A snapshot of a day in which everything happened every second is told whole, and far from too large")
    func size() throws {
        var full = snapshot(Self.lane())
        full.timeline.entries = (UInt64(0)..<200).map { number in
            let kind = Timeline.Entry.Kind.failure(
                message: String(repeating: "x", count: 300),
                duration: .seconds(5),
                isProbe: false
            )
            return Timeline.Entry(
                id: number,
                at: full.takenAt,
                route: .getUserById,
                kind: kind,
                requestID: "0123456789"
            )
        }
        let lane = try #require(full.timeline.lanes[.getUsers])
        #expect(lane.seconds.count == 600)
        #expect(lane.earlier.count > 1700)
        let message = StreamSnapshotRepresentation(full, entries: full.timeline.entries, missed: 0, resumed: false)
        let text = try json(message)
        #expect((1_500_000..<2_000_000).contains(text.readableBytes))
        #expect(text.readableBytes < RemoteLimits().maximumEventSize / 2)
        var state = RemoteState(clock: RemoteClock(start: Date(timeIntervalSince1970: 0)))
        _ = try state.take(ServerSentEvent(name: "snapshot", id: nil, data: text), at: .zero)
        // They are too long to be written down should they differ.
        let isWhole = state.snapshot?.timeline.lanes == full.timeline.lanes
        #expect(isWhole)
    }

    @Test("All bands are told, at the beginning and when one of them changes")
    func bands() throws {
        let before = Timeline.Lane(bands: Self.bands())
        var state = RemoteState(clock: RemoteClock(start: Date(timeIntervalSince1970: 0)))
        let first = StreamSnapshotRepresentation(snapshot(before), entries: [], missed: 0, resumed: false)
        _ = try state.take(ServerSentEvent(name: "snapshot", id: nil, data: try json(first)), at: .zero)
        #expect(state.snapshot?.timeline.lanes[.getUsers] == before)
        var after = before
        after.bands[LaneBands.maximum - 1].to = nil
        let change = LaneRepresentation(.getUsers, after, since: before)
        _ = try state.take(ServerSentEvent(name: "lanes", id: nil, data: try json([change])), at: .zero)
        #expect(state.snapshot?.timeline.lanes[.getUsers] == after)
        #expect(state.snapshot?.timeline.lanes[.addEvent] == before)
    }
}
