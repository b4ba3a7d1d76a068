import Foundation
import Testing

@testable import UpstreamSimulator

/// An answer in HTTP, taken apart; only what the simulator's ordinary answers need.
struct RawAnswer: Sendable {
    struct Incomplete: Error {}

    let status: Int
    let headers: [String: String]
    let body: Data

    init(_ bytes: [UInt8]) throws {
        let separator = Data("\r\n\r\n".utf8)
        guard let end = Data(bytes).range(of: separator) else { throw Incomplete() }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        status = try #require(Int(lines[0].dropFirst("HTTP/1.1 ".count).prefix(3)))
        headers = Dictionary(
            lines.dropFirst().map { line in
                let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
                return (parts[0].lowercased(), parts[1])
            },
            uniquingKeysWith: { first, _ in first }
        )
        body = Data(bytes[end.upperBound...])
        guard body.count == Int(try #require(headers["content-length"])) else { throw Incomplete() }
    }

    func json() throws -> JSONValue { try JSONDecoder().decode(JSONValue.self, from: body) }
    func object() throws -> [String: JSONValue] { try #require(try json().object) }
}
