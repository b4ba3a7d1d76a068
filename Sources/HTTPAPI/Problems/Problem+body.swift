import EventService
import HTTPTypes
import NIOCore

extension Problem {
    /// The problem as JSON.
    func encoded(requestID: String) -> ByteBuffer {
        var json = JSONWriter()
        json.beginObject()
        json.write("type", "urn:evenkeel:problem:\(name)")
        json.write("title", title)
        json.write("status", status.code)
        json.write("detail", detail)
        json.write("instance", requestID)
        json.write("success", false)
        json.write("error", title)
        json.write("message", detail)
        if let retryAfter { json.write("retryAfter", retryAfter) }
        if let circuitBreakerState { json.write("circuitBreakerState", circuitBreakerState) }
        if !details.isEmpty { write(details, to: &json) }
        json.endObject()
        return ByteBuffer(bytes: json.bytes)
    }

    private func write(_ details: [Detail], to json: inout JSONWriter) {
        json.write(name: "details")
        json.beginArray()
        for detail in details {
            json.beginObject()
            json.write("field", detail.field)
            json.write("message", detail.message)
            json.endObject()
        }
        json.endArray()
    }
}
