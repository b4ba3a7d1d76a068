import Hummingbird

/// Ends a request whose connection the simulator has cut on purpose.
struct ConnectionCut: Error {}

extension Response {
    /// The same answer, except that the connection is reset in the middle of its body.
    func cutMidway(_ connection: Connection) -> Response {
        cut { try await connection.reset() }
    }

    /// The same answer, except that the connection is closed in the middle of its body.
    func truncated() -> Response {
        cut {}
    }

    private func cut(_ finally: @escaping @Sendable () async throws -> Void) -> Response {
        let (length, body) = (self.body.contentLength ?? 0, self.body)
        let cutBody = ResponseBody(contentLength: length) { writer in
            try await body.write(TruncatingWriter(base: writer, remaining: length / 2))
            try await finally()
            throw ConnectionCut()
        }
        return Response(status: status, headers: headers, body: cutBody)
    }
}

/// Passes on only the first bytes of a body, and never its end.
private struct TruncatingWriter: ResponseBodyWriter {
    var base: any ResponseBodyWriter
    var remaining: Int

    @concurrent mutating func write(_ buffer: ByteBuffer) async throws {
        let part = buffer.getSlice(at: buffer.readerIndex, length: min(remaining, buffer.readableBytes))
        guard let part, part.readableBytes > 0 else { return }
        remaining -= part.readableBytes
        try await base.write(part)
    }

    @concurrent consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
