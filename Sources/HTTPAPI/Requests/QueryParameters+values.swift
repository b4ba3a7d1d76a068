extension QueryParameters {
    /// A parameter that may be given once, as `parse` reads it; `nil` where it isn't given, or is wrong.
    /// - Parameter allowed: What it must be, in words.
    mutating func value<Value>(
        of name: String,
        _ allowed: @autoclosure () -> String,
        _ parse: (String) -> Value?
    ) -> Value? {
        guard let text = value(of: name) else { return nil }
        let value = parse(text)
        if value == nil { add(problem: "must be \(allowed())", with: name) }
        return value
    }

    /// A whole number without a sign.
    mutating func number(_ name: String, in range: ClosedRange<Int>) -> Int? {
        value(of: name, "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            guard text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
            return Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A parameter that is `true` or `false`, and false where it isn't given.
    mutating func flag(_ name: String) -> Bool {
        value(of: name, "true or false") { Bool($0) } ?? false
    }

    /// One of the values of a type.
    mutating func choice<Value: CaseIterable & RawRepresentable<String>>(_ name: String) -> Value? {
        value(of: name, "one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))", Value.init)
    }
}
