import AsyncHTTPClient
import EventService
import NIOCore
import NIOHTTP1
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension UpstreamError {
    /// Tells apart what the client and the channel below it threw.
    init(_ error: any Error, limits: UpstreamLimits) {
        switch error {
        case let error as UpstreamError: self = error
        case is CancellationError: self = .cancelled
        case is NIOTooManyBytesError: self = .tooLarge(limit: limits.maximumBodySize)
        case let error as HTTPClientError: self = UpstreamError(error, limits: limits)
        case let error as NIOConnectionError: self = UpstreamError(error)
        case let error as IOError: self = UpstreamError(error)
        case let error as HTTPParserError:
            self = error == .invalidEOFState ? .reset : .invalidHTTP("\(error)")
        case is ChannelError: self = .reset
        default: self = .unreachable(String(describing: error))
        }
    }

    private init(_ error: HTTPClientError, limits: UpstreamLimits) {
        switch error {
        case .cancelled: self = .cancelled
        case .remoteConnectionClosed, .uncleanShutdown: self = .reset
        case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
            self = .timedOut(after: .nanoseconds(limits.connectTimeout.nanoseconds))
        default: self = .unreachable(error.shortDescription)
        }
    }

    /// A name has several addresses, each refused or failed in its own way: the first tells enough.
    private init(_ error: NIOConnectionError) {
        if let failure = error.connectionErrors.first {
            self = (failure.error as? IOError).map { UpstreamError($0) } ?? .unreachable("\(failure.error)")
        } else if Descriptors.areUsedUp {
            // A resolver that can't open a file says the same as one that finds no address.
            self = .outOfDescriptors
        } else {
            self = .unreachable("no address is known for \(error.host)")
        }
    }

    private init(_ error: IOError) {
        switch error.errnoCode {
        case ECONNREFUSED: self = .refused
        case EMFILE, ENFILE: self = .outOfDescriptors
        case ECONNRESET, EPIPE, ECONNABORTED, ENOTCONN: self = .reset
        default: self = .unreachable(error.localizedReason)
        }
    }
}

/// The descriptors of this process.
private enum Descriptors {
    /// Whether not one more can be opened.
    static var areUsedUp: Bool {
        let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard descriptor < 0 else {
            close(descriptor)
            return false
        }
        return errno == EMFILE || errno == ENFILE
    }
}

extension IOError {
    fileprivate var localizedReason: String {
        String(cString: strerror(errnoCode))
    }
}
