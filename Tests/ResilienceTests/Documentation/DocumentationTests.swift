import Foundation
import Testing

/// Every example in the documentation stands word for word in a file that compiles, so that none can go stale.
@Suite("Documentation")
struct DocumentationTests {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let library = tests.deletingLastPathComponent().appending(path: "Sources/Resilience")

    /// An example as the documentation has it, without indentation and empty lines.
    struct Example: CustomTestStringConvertible {
        let file: String
        let lines: [Substring]

        var testDescription: String { "\(file): \(lines.first ?? "")" }
    }

    @Test("The examples are found at all")
    func found() throws {
        #expect(try Self.examples().count >= 5)
    }

    @Test("Every example compiles", arguments: try examples())
    func compiles(example: Example) throws {
        let sources = try ["ResilienceTests", "UpstreamClientTests"].flatMap { target in
            try Self.files(in: Self.tests.appending(path: "\(target)/Documentation"), ["swift"])
        }
        let isThere = try sources.contains { source in
            let lines = Self.lines(of: try String(contentsOf: source, encoding: .utf8))
            return lines.indices.contains { lines[$0...].starts(with: example.lines) }
        }
        #expect(isThere, "no file under Documentation has these lines:\n\(example.lines.joined(separator: "\n"))")
    }

    private static func examples() throws -> [Example] {
        try files(in: library, ["swift", "md"]).flatMap { file in
            let text = try String(contentsOf: file, encoding: .utf8)
            let prose = text.split(separator: "\n").map { line in
                let line = line.drop { $0 == " " }
                guard file.pathExtension == "swift", line.hasPrefix("///") else { return line }
                return line.dropFirst(3).drop { $0 == " " }
            }
            return prose.split { $0.hasPrefix("```swift") }.dropFirst().map { block in
                let code = block.prefix { !$0.hasPrefix("```") }
                return Example(file: file.lastPathComponent, lines: lines(of: code.joined(separator: "\n")))
            }
        }
    }

    private static func lines(of text: String) -> [Substring] {
        text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
    }

    private static func files(in folder: URL, _ extensions: Set<String>) throws -> [URL] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return names.map { folder.appending(path: $0) }.filter { extensions.contains($0.pathExtension) }
    }
}
