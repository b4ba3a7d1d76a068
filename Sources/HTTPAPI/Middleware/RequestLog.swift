import EventService
import Hummingbird
import Logging

/// A request that was answered, as the log tells of it: what it was, how it ended, and what it cost.
///
/// Neither path, query nor body is told, since they may carry what nobody should read in a log.
struct RequestLog {
    let context: APIContext
    let trace: TraceContext
    let method: String
    let route: String
    let response: Response
    let duration: Duration
    /// The breakers that aren't closed.
    let breakers: [UpstreamRoute: BreakerStatus.State]

    /// The values of the line; numbers are numbers, and what there is nothing to say about is left out.
    var metadata: Logger.Metadata {
        let notes = context.notes.current
        var metadata: Logger.Metadata = [
            "request_id": .string(context.call.requestID),
            "trace_id": .string(String(trace.traceID)),
            "method": .string(method),
            "route": .string(route),
            "status": .stringConvertible(response.status.code),
            "duration_ms": .stringConvertible(duration.fractionalMilliseconds),
            "upstream_attempts": .stringConvertible(context.call.upstreamAttempts),
        ]
        if let length = response.body.contentLength { metadata["bytes"] = .stringConvertible(length) }
        if let address = context.remoteAddress?.addressForLog { metadata["client_address"] = .string(address) }
        if let client = notes.client { metadata["client"] = .string(client) }
        if let problem = notes.problem { metadata["problem"] = .string(problem) }
        if !breakers.isEmpty {
            metadata["breakers"] = .dictionary(
                Dictionary(uniqueKeysWithValues: breakers.map { ($0.rawValue, .string($1.rawValue)) })
            )
        }
        return metadata
    }
}

extension Duration {
    /// The milliseconds in this duration, to the microsecond below.
    var fractionalMilliseconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds * 1_000_000 + attoseconds / 1_000_000_000_000) / 1000
    }
}
