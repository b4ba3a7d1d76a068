import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

extension RemoteFailure {
    /// Puts into words what the HTTP client and the channel below it threw.
    init(_ error: any Error) {
        switch error {
        case let failure as RemoteFailure: self = failure
        case let error as ServerSentEventParser.TooLarge:
            self = .malformed("an event of more than \(error.limit) bytes")
        case is NIOTooManyBytesError: self = .malformed("an answer that is too large")
        case let error as HTTPParserError where error == .invalidEOFState:
            self = .connection("the connection was closed")
        case let error as HTTPParserError: self = .malformed("not HTTP (\(error))")
        case let error as HTTPClientError: self = .connection(Self.words(error))
        case let error as NIOConnectionError: self = .connection(Self.words(error))
        case let error as IOError: self = .connection(Self.words(error))
        case is ChannelError: self = .connection("the connection was closed")
        default: self = .connection(Self.words("\(error)"))
        }
    }

    /// What TLS complains of names functions and lines of its library.
    private static func words(_ description: String) -> String {
        if description.contains("CERTIFICATE_VERIFY_FAILED") {
            return "this machine doesn't trust its certificate: add the authority that signed it to the system's"
        }
        if description.contains("WRONG_VERSION_NUMBER") { return "no TLS is spoken there: it may be http, not https" }
        return String(told: description)
    }

    private static func words(_ error: HTTPClientError) -> String {
        switch error {
        case .remoteConnectionClosed, .uncleanShutdown: "the connection was closed"
        case .connectTimeout, .getConnectionFromPoolTimeout: "no connection in time"
        case .tlsHandshakeTimeout: "no TLS handshake in time"
        default: String(told: error.shortDescription)
        }
    }

    /// A name has several addresses, each refused or failed in its own way: the first tells enough.
    private static func words(_ error: NIOConnectionError) -> String {
        guard let failure = error.connectionErrors.first else { return "no address is known for \(error.host)" }
        return (failure.error as? IOError).map(words) ?? words("\(failure.error)")
    }

    private static func words(_ error: IOError) -> String {
        let reason = String(cString: strerror(error.errnoCode))
        return reason.prefix(1).lowercased() + reason.dropFirst()
    }
}
