import EventService
import HTTPTypes
import Hummingbird
import Resilience

/// The streams of one API: what they have in common, and how many there may be.
struct EventStreams: Sendable {
    let feed: StreamFeed
    private let clock: any Clock<Duration>
    private let places: ConcurrencyLimit
    private let clients: ClientPlaces

    init(of service: EventService, _ configuration: HTTPAPIConfiguration, clock: any Clock<Duration>) {
        feed = StreamFeed(of: service, clock: clock)
        self.clock = clock
        do {
            let limit = try ConcurrencyLimitConfiguration(fixed: configuration.maximumStreams)
            places = ConcurrencyLimit(configuration: limit)
        } catch {
            preconditionFailure("HTTPAPIConfiguration.maximumStreams: \(error)")
        }
        clients = ClientPlaces(limit: configuration.maximumStreamsPerClient)
    }

    /// Streams that are open.
    var count: Int { places.snapshot().inFlight }

    /// The body of an answer that is a stream.
    /// - Parameters:
    ///   - client: Whose stream it is.
    ///   - lastEventID: What the client gave back, if it was here before.
    ///   - isAllowed: Whether the client may still have it; asked before everything that is sent.
    /// - Throws: `Problem` if as many streams are open as may be, or as many of the client.
    func open(
        for client: ClientKey,
        resumingFrom lastEventID: String? = nil,
        while isAllowed: @escaping @Sendable () -> Bool = { true }
    ) throws(Problem) -> ResponseBody {
        let place = try Place(for: client, in: clients, places)
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
        private let client: ClientKey
        private let clients: ClientPlaces

        init(for client: ClientKey, in clients: ClientPlaces, _ places: ConcurrencyLimit) throws(Problem) {
            guard clients.take(for: client) else { throw .tooManyStreams(ofClient: clients.limit) }
            switch places.admit() {
            case .admitted(let permit): self.permit = permit
            case .rejected(let rejection):
                clients.giveBack(client)
                throw .tooManyStreams(rejection.limit)
            }
            self.client = client
            self.clients = clients
        }

        deinit { clients.giveBack(client) }
    }
}
