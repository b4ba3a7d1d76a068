import EventService
import NIOCore

import struct Foundation.Date

/// An event that was accepted for delivery, as the API shows it.
struct OutboxEntryRepresentation {
    private let entry: OutboxEntry
    private let earliestAttempt: Date?

    /// - Parameter breaker: The breaker that its delivery has to pass; `nil` leaves out when it is tried, which is true only for
    ///   a moment.
    init(_ entry: OutboxEntry, behind breaker: BreakerStatus? = nil) {
        self.entry = entry
        earliestAttempt = breaker.flatMap(entry.earliestAttempt)
    }

    /// The entry with its event, and the events API's answer where there is one.
    var whole: ByteBuffer {
        object { json in
            writeMembers(to: &json)
            writeEvent(to: &json)
        }
    }

    /// The same as the original service's clients read it.
    var accepted: ByteBuffer {
        object { json in
            json.write("success", true)
            json.write("message", "the event is kept and will be delivered as soon as the events API takes it")
            writeMembers(to: &json)
            writeEvent(to: &json)
        }
    }

    /// Several entries, without their events, which may be large.
    static func list(_ entries: [OutboxEntry], behind breaker: BreakerStatus) -> ByteBuffer {
        var json = JSONWriter()
        json.beginArray()
        for entry in entries {
            json.beginObject()
            OutboxEntryRepresentation(entry, behind: breaker).writeMembers(to: &json)
            json.write("name", entry.eventName)
            json.endObject()
        }
        json.endArray()
        return ByteBuffer(bytes: json.bytes)
    }

    private func object(_ write: (inout JSONWriter) -> Void) -> ByteBuffer {
        var json = JSONWriter()
        json.beginObject()
        write(&json)
        json.endObject()
        return ByteBuffer(bytes: json.bytes)
    }

    private func writeMembers(to json: inout JSONWriter) {
        json.write("id", entry.id)
        json.write("userId", entry.userID)
        json.write("state", entry.state.rawValue)
        json.write("acceptedAt", RFC3339.text(of: entry.acceptedAt))
        json.write("requestId", entry.requestID)
        json.write("attempts", entry.attempts)
        if let error = entry.lastError { json.write("lastError", error) }
        if let date = earliestAttempt { json.write("nextAttemptAt", RFC3339.text(of: date)) }
        if let date = entry.settledAt { json.write("settledAt", RFC3339.text(of: date)) }
        if let status = entry.refusedStatus { json.write("refusedStatus", status) }
    }

    /// Both are JSON already: they were checked as they came.
    private func writeEvent(to json: inout JSONWriter) {
        json.write(name: "event")
        json.write(literal: String(buffer: entry.event))
        guard let answer = entry.answer else { return }
        json.write(name: "answer")
        json.write(literal: String(buffer: answer))
    }
}

extension OutboxEntryRepresentation {
    static let schemas: JSONDocument = [
        "OutboxState": .oneOf(OutboxEntry.State.allCases.map(\.rawValue)).described(
            """
            `waiting` for its turn, `delivering` now, `delivered`, or `refused` by the events API with a status 4xx: then \
            a person decides whether it is tried again or discarded.
            """
        ),
        "OutboxItem": schema(
            "An event that was accepted for delivery.",
            members.merging(["name": ["type": "string", "description": "The event's name: untrusted."]])
        ),
        "OutboxEntry": schema("An event that was accepted for delivery, whole.", members.merging(parts)),
        "AcceptedEvent": schema(
            "An event that was accepted for delivery, as the original service's clients read it.",
            members.merging(parts).merging(["success": ["const": true], "message": ["type": "string"]])
        ),
    ]

    private static func schema(_ description: String, _ properties: JSONDocument) -> JSONDocument {
        .closedObject(
            description,
            optional: ["lastError", "nextAttemptAt", "settledAt", "refusedStatus", "answer"],
            properties.members
        )
    }

    private static let members: JSONDocument = [
        "id": ["type": "string", "description": "The event's identifier, which every attempt carries."],
        "userId": ["type": "string", "description": "The user whom the event belongs to."],
        "state": Components.schema("OutboxState"),
        "acceptedAt": .timestamp.described("When it was accepted."),
        "requestId": ["type": "string", "description": "The request that it was accepted from."],
        "attempts": .count.described("How many attempts at delivering it have ended."),
        "lastError": [
            "type": "string",
            "description": "Why the last attempt failed. May quote the events API: untrusted.",
        ],
        "nextAttemptAt": .timestamp.described(
            """
            When it is tried next at the earliest, where that is known: after a pause since the last attempt, and when \
            the breaker of `addEvent` lets a call through. Without it a waiting entry is tried in its turn.
            """
        ),
        "settledAt": .timestamp.described("When it was delivered or refused."),
        "refusedStatus": ["type": "integer", "minimum": 400, "description": "The status that it was refused with."],
    ]

    private static let parts: JSONDocument = [
        "event": Components.schema("Event"),
        "answer": ["type": "object", "description": "The events API's own answer, once it is delivered."],
    ]
}
