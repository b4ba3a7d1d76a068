import EventService

import struct Foundation.Date

/// What a service says about itself, as the HTTP API shows it.
struct ServiceMessage: Decodable {
    struct Upstream: Decodable {
        let url: String
        let scenario: String?
    }

    struct Outbox: Decodable {
        let waiting, delivering, delivered, refused: Int64
        let oldestUndelivered: Date?
        let failure: String?
    }

    let phase: String
    let upstream: Upstream
    let apiUrl: String?
    let outbox: Outbox?
}

extension ServiceSnapshot {
    /// Takes over what the service says about itself now.
    mutating func apply(_ message: ServiceMessage) {
        let scenario = message.upstream.scenario.map(String.init(told:))
        phase = Phase(rawValue: message.phase) ?? .serving
        upstream = Upstream(url: String(told: message.upstream.url), scenario: scenario)
        apiURL = message.apiUrl.map(String.init(told:))
        outbox = message.outbox.map { Outbox(status: OutboxStatus($0), failure: $0.failure.map(String.init(told:))) }
    }
}

extension OutboxStatus {
    fileprivate init(_ outbox: ServiceMessage.Outbox) {
        self.init(
            waiting: Int(told: outbox.waiting),
            delivering: Int(told: outbox.delivering),
            refused: Int(told: outbox.refused),
            delivered: Int(told: outbox.delivered),
            oldestUndelivered: outbox.oldestUndelivered
        )
    }
}
