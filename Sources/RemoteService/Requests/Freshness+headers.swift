import EventService
import NIOHTTP1

extension Freshness {
    /// What an answer's `Age` and `Cache-Status` (RFC 9211) say of where the service has it from.
    init(_ headers: HTTPHeaders) {
        let age = headers.first(name: "age").flatMap(UInt32.init) ?? 0
        let parameters = Self.parameters(headers.first(name: "cache-status") ?? "")
        let remaining = parameters["ttl"].flatMap { Int32($0) } ?? 0
        let source: Source =
            if let name = parameters["detail"] {
                .stale(because: ServiceError(staleBecause: name))
            } else {
                parameters["hit"] == nil ? .fetched(.absent) : .cached
            }
        self.init(source, age: .seconds(age), remaining: .seconds(remaining))
    }

    private static func parameters(_ value: String) -> [String: String] {
        let pairs = value.split(separator: ";").map { part in
            let words = part.split(separator: "=", maxSplits: 1).map { $0.drop { $0 == " " } }
            return (String(words.first ?? ""), words.count > 1 ? String(words[1]) : "")
        }
        return Dictionary(pairs) { first, _ in first }
    }
}

extension ServiceError {
    /// Why an answer that was kept had to do, by the name of the problem that the others are answered with.
    fileprivate init(staleBecause name: String) {
        let kind = Kind.named(name) ?? .busy
        let message =
            switch kind {
            case .circuitOpen: "service down, try later"
            case .busy: "service busy"
            case .timedOut: "the events API took too long"
            case .badUpstream: "bad answer from the events API"
            default: String(told: name)
            }
        self.init(kind, message: message)
    }
}
