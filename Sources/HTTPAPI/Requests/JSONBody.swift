import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1

/// Reads the body of a request: JSON, and not too much of it.
struct JSONBody {
    let maximumSize: Int

    func read(_ request: Request) async throws -> ByteBuffer {
        try checkContentType(request)
        if let length = request.headers[.contentLength].flatMap(Int.init), length > maximumSize { throw tooLarge }
        do {
            return try await request.body.collect(upTo: maximumSize)
        } catch let error as HTTPParserError {
            throw HTTPError(.badRequest, message: "the body breaks the rules of HTTP: \(error)")
        } catch is NIOTooManyBytesError {
            throw tooLarge
        } catch let error as HTTPError {
            throw error
        } catch {
            // Whatever else ends a body is the end of its connection.
            throw CancellationError()
        }
    }

    /// A client that names another type than JSON sends something else; one that names none most likely sends JSON.
    private func checkContentType(_ request: Request) throws {
        guard let value = request.headers[.contentType] else { return }
        let type = value.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
        guard type == "application/json" || type.hasSuffix("+json") else {
            throw HTTPError(
                .unsupportedMediaType,
                headers: [.accept: "application/json"],
                message: "the body must be application/json, not \(type)"
            )
        }
    }

    private var tooLarge: HTTPError {
        HTTPError(.contentTooLarge, message: "the body may have at most \(maximumSize) bytes")
    }
}
