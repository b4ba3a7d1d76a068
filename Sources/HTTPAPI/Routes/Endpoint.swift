import HTTPTypes
import Hummingbird

/// A route as a value, so that the table of them can also answer what is *not* allowed.
struct Endpoint {
    var method: HTTPRequest.Method
    var path: String
    var handle: @Sendable (Request, APIContext) async throws -> Response

    static func get(
        _ path: String,
        handle: @escaping @Sendable (Request, APIContext) async throws -> Response
    ) -> Endpoint {
        Endpoint(method: .get, path: path, handle: handle)
    }

    static func post(
        _ path: String,
        handle: @escaping @Sendable (Request, APIContext) async throws -> Response
    ) -> Endpoint {
        Endpoint(method: .post, path: path, handle: handle)
    }
}

extension Router<APIContext> {
    /// Adds the endpoints.
    func add(_ endpoints: [Endpoint]) {
        for endpoint in endpoints {
            on(RouterPath(endpoint.path), method: endpoint.method, use: endpoint.handle)
        }
    }
}

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
                && zip(candidate.segments, segments).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
        }
        return match?.methods.map(\.rawValue).sorted().joined(separator: ", ")
    }
}
