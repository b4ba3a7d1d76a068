import Testing

/// What a text in Prometheus' format says, as far as tests ask; read strictly by the format's rules.
struct Exposition {
    struct Sample: Equatable {
        var name: String
        var labels: [String: String]
        var value: Double
    }

    private(set) var types: [String: String] = [:]
    private(set) var samples: [Sample] = []
    /// The metric that each sample stands under, in the order of the text.
    private(set) var families: [String] = []

    struct BrokenLine: Error {
        let line: Substring
    }

    init(_ text: String) throws {
        #expect(text.hasSuffix("\n"), "the last line must end")
        var helped: Set<Substring> = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 3)
            if line.hasPrefix("# HELP ") {
                guard words.count == 4, helped.insert(words[2]).inserted else { throw BrokenLine(line: line) }
            } else if line.hasPrefix("# TYPE ") {
                guard words.count == 4, helped.contains(words[2]), types[String(words[2])] == nil else {
                    throw BrokenLine(line: line)
                }
                types[String(words[2])] = String(words[3])
                families.append(String(words[2]))
            } else {
                samples.append(try Self.sample(line))
            }
        }
    }

    private static func sample(_ line: Substring) throws -> Sample {
        guard let match = line.wholeMatch(of: /([a-z_]+)(?:\{(.*)\})? (\S+)/), let value = Double(match.3) else {
            throw BrokenLine(line: line)
        }
        var labels: [String: String] = [:]
        var rest = match.2 ?? ""
        while !rest.isEmpty {
            guard let label = rest.prefixMatch(of: /([a-z_]+)="((?:[^"\\]|\\[\\"n])*)"(?:,|$)/),
                labels.updateValue(unescaped(label.2), forKey: String(label.1)) == nil
            else { throw BrokenLine(line: line) }
            rest = rest[label.range.upperBound...]
        }
        return Sample(name: String(match.1), labels: labels, value: value)
    }

    private static func unescaped(_ value: Substring) -> String {
        String(value.replacing(/\\(.)/) { $0.1 == "n" ? "\n" : String($0.1) })
    }

    /// The samples of a name whose labels include these.
    func values(_ name: String, _ labels: [String: String] = [:]) -> [Double] {
        samples.filter { sample in
            sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
        }.map(\.value)
    }
}
