import EventService
import HTTPTypes
import Hummingbird
import NIOCore

/// What the service counts, for a Prometheus server.
struct MetricsRoutes {
    let service: EventService
    let meter: RequestMeter
    let connections: ConnectionMeter
    let streams: EventStreams
    let version: String
    let droppedLogLines: (@Sendable () -> UInt64)?

    var endpoints: [Endpoint] {
        [Endpoint.get("/metrics", Self.getMetrics) { _, _ in metrics() }.polled]
    }

    private func metrics() -> Response {
        Response(
            status: .ok,
            headers: [.contentType: MetricsText.contentType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: text())
        )
    }

    /// Everything at this moment, in the same order every time.
    private func text() -> ByteBuffer {
        var text = MetricsText()
        let statistics = service.statistics()
        text.add(version: version)
        text.add(meter)
        text.add(connections.statistics, streams: streams.count)
        text.add(statistics)
        let snapshot = service.snapshot()
        text.add(snapshot, statistics)
        text.add(snapshot.objectives)
        // The same series with and without an outbox, so that rules don't wait for what never comes.
        text.add(snapshot.outbox ?? ServiceSnapshot.Outbox(), statistics, at: snapshot.takenAt)
        text.add(service.cacheStatistics)
        if let droppedLogLines { text.add(droppedLogLines: droppedLogLines()) }
        if let process = ProcessStatistics.current() { text.add(process) }
        return text.buffer
    }

    private static let getMetrics = Operation(
        id: "getMetrics",
        tag: .operating,
        summary: "What the service counts, in Prometheus' text format 0.0.4.",
        answers: [.init(status: 200, description: "The metrics.", mediaType: "text/plain", schema: ["type": "string"])]
    )
}
