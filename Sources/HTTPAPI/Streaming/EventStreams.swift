import EventService
import HTTPTypes
import Hummingbird
import Resilience

/// The streams of one API: what they have in common, and how many there may be.
struct EventStreams: Sendable {
    let feed: StreamFeed
    private let clock: any Clock<Duration>
    private let places: ConcurrencyLimit

    init(of service: EventService, maximum: Int, clock: any Clock<Duration>) {
        feed = StreamFeed(of: service, clock: clock)
        self.clock = clock
        do {
            places = ConcurrencyLimit(configuration: try ConcurrencyLimitConfiguration(fixed: maximum))
        } catch {
            preconditionFailure("HTTPAPIConfiguration.maximumStreams: \(error)")
        }
    }

    /// Streams that are open.
    var count: Int { places.snapshot().inFlight }

    /// The body of an answer that is a stream.
    /// - Parameters:
    ///   - lastEventID: What the client gave back, if it was here before.
    ///   - isAllowed: Whether the client may still have it; asked before everything that is sent.
    /// - Throws: `Problem` if as many streams are open as may be.
    func open(
        resumingFrom lastEventID: String?,
        while isAllowed: @escaping @Sendable () -> Bool = { true }
    ) throws(Problem) -> ResponseBody {
        let place = try Place(in: places)
        let position = lastEventID.flatMap(StreamPosition.init)
        return ResponseBody { [feed, clock] writer in
            // The place is given back with the answer that it belongs to, also if that is never written.
            defer { withExtendedLifetime(place) {} }
            var stream = EventStream(
                of: feed,
                clock: clock,
                resumingFrom: position,
                isAllowed: isAllowed
            )
            try await stream.run(writingTo: &writer)
        }
    }

    /// A place among the open streams, given back when nobody refers to it any more.
    private final class Place: Sendable {
        private let permit: ConcurrencyLimit.Permit

        init(in places: ConcurrencyLimit) throws(Problem) {
            switch places.admit() {
            case .admitted(let permit): self.permit = permit
            case .rejected(let rejection):
                throw Problem(
                    name: "too-many-streams",
                    status: .serviceUnavailable,
                    title: "Too many streams",
                    detail: "\(rejection.limit) streams are open, which is the limit; try later",
                    retryAfter: 10
                )
            }
        }
    }
}
