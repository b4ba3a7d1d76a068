import HTTPTypes

/// Which methods each path takes: the router only knows what it has, not what it lacks.
struct MethodTable {
    private let paths: [(segments: [Substring], methods: [HTTPRequest.Method])]

    init(_ endpoints: [Endpoint]) {
        paths = Dictionary(grouping: endpoints, by: \.path).map { path, endpoints in
            let methods = Set(endpoints.map(\.method))
            // Every GET can be asked for its head alone.
            return (path.split(separator: "/"), Array(methods.contains(.get) ? methods.union([.head]) : methods))
        }
    }

    /// The methods that a path takes, for an `Allow` header; `nil` where there is no such path.
    func allowed(at path: String) -> String? {
        let segments = path.split(separator: "/")
        let match = paths.first { candidate in
            candidate.segments.count == segments.count
                && zip(candidate.segments, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        return match?.methods.map(\.rawValue).sorted().joined(separator: ", ")
    }
}
