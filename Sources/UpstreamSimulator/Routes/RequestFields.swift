import Foundation
import Hummingbird

/// The members of a request's JSON object, read one by one, with every complaint kept.
struct RequestFields {
    static let maximumBodyBytes = 1 << 20
    private static let maximumLength = 1000

    private(set) var remaining: [String: JSONValue]
    private var errors: [FieldError] = []

    /// Reads the body; throws ``APIError`` if it isn't a JSON object and 413 if it is too large.
    init(_ request: Request) async throws {
        let body = try await request.body.collect(upTo: Self.maximumBodyBytes)
        let value: JSONValue
        do {
            value = try JSONDecoder().decode(JSONValue.self, from: Data(body.readableBytesView))
        } catch {
            throw APIError.invalidBody("The body is not JSON.")
        }
        guard let members = value.object else { throw APIError.invalidBody("The body is not a JSON object.") }
        remaining = members
    }

    /// Takes a member that must be text that isn't blank; "" stands for one that is wrong.
    mutating func text(_ field: String) -> String {
        optionalText(field) ?? complain(field, "is missing")
    }

    /// Takes a member that may be absent or null, and else must be text that isn't blank.
    mutating func optionalText(_ field: String) -> String? {
        guard let value = remaining.removeValue(forKey: field), value != .null else { return nil }
        guard let text = value.string else { return complain(field, "must be a string") }
        guard text.contains(where: { !$0.isWhitespace }) else { return complain(field, "must not be empty") }
        guard text.utf8.count <= Self.maximumLength else {
            return complain(field, "must not be longer than \(Self.maximumLength) bytes")
        }
        return text
    }

    /// Notes that a member is wrong.
    @discardableResult
    mutating func complain(_ field: String, _ message: String) -> String {
        errors.append(FieldError(field: field, message: message))
        return ""
    }

    /// Throws if a member was wrong.
    func check() throws(APIError) {
        guard errors.isEmpty else {
            let fields = errors.map { "\($0.field) \($0.message)" }.joined(separator: ", ")
            throw .invalidBody("The body has invalid members: \(fields).", details: errors)
        }
    }
}
