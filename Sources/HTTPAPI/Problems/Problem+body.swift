import Hummingbird
import NIOCore

extension Problem {
    /// The members of a problem.
    private struct Body: Encodable {
        let type: String
        let title: String
        let status: Int
        let detail: String
        let instance: String
        let success = false
        let error: String
        let message: String
        let retryAfter: Int64?
        let circuitBreakerState: String?
        let details: [Detail]?
    }

    /// The problem as JSON.
    func encoded(requestID: String) -> ByteBuffer {
        let body = Body(
            type: "urn:evenkeel:problem:\(name)",
            title: title,
            status: status.code,
            detail: detail,
            instance: requestID,
            error: title,
            message: detail,
            retryAfter: retryAfter,
            circuitBreakerState: circuitBreakerState,
            details: details.isEmpty ? nil : details
        )
        return ByteBuffer(encoding: body)
    }
}
