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
