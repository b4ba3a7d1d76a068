import Hummingbird

/// The answers of ``Scenario/garbage``.
enum Garbage {
    /// What ``GarbageKind/notHTTP`` sends: no client can take it for a status line.
    static let notHTTP = ByteBuffer(
        bytes: [0x16, 0x03, 0x01, 0x00, 0xFF, 0x0D, 0x0A] + Array("220 mail ready\r\n\r\n".utf8)
    )

    /// The answer of a kind, for all kinds that are answers in HTTP.
    static func response(_ kind: GarbageKind, route: Route, oversizedBytes: Int) -> Response {
        switch kind {
        case .broken, .notHTTP:
            text(#"[{"id":"1","name":"Ada Lov"#, type: json)
        case .truncated:
            text(
                #"[{"id":"1","name":"Ada Lovelace","events":[]},{"id":"2","name":"Grace Hopper","events":[]}]"#,
                type: json
            )
            .truncated()
        case .oversized:
            Response(status: .ok, headers: [.contentType: json], body: oversized(atLeast: oversizedBytes))
        case .wrongTypes:
            text(wrongTypes(of: route), type: json)
        case .html:
            text("<!DOCTYPE html><title>Welcome</title><h1>It works!</h1>\n", type: "text/html; charset=utf-8")
        case .redirect:
            Response(status: .found, headers: [.location: "/elsewhere"])
        }
    }

    private static let json = "application/json; charset=utf-8"

    private static func text(_ text: String, type: String) -> Response {
        Response(status: .ok, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private static func wrongTypes(of route: Route) -> String {
        switch route {
        case .getUsers, .getEvents: #"[{"id":1,"name":["Ada"],"events":{"first":true},"userId":null},7,"x"]"#
        case .getUserById, .getEventById: #"{"id":1,"name":false,"events":"none","userId":{}}"#
        case .addEvent, .addUser, .other: #"{"success":"perhaps","message":3,"event":[]}"#
        }
    }

    /// An array of small objects, written piece by piece as fast as the client reads.
    private static func oversized(atLeast total: Int) -> ResponseBody {
        let item = #"{"id":"0","name":"Nobody","userId":"0","events":[]},"#
        let piece = ByteBuffer(string: String(repeating: item, count: 1200))
        return ResponseBody { writer in
            try await writer.write(ByteBuffer(string: "["))
            for _ in 0...(total / piece.readableBytes) { try await writer.write(piece) }
            try await writer.write(ByteBuffer(string: #"{"id":"0","name":"Nobody","userId":"0","events":[]}]"#))
            try await writer.finish(nil)
        }
    }
}
