import Logging
import NIOCore
import NIOHTTP1

extension ChannelPipeline.SynchronousOperations {
    /// Adds everything between the bytes of a connection and the HTTP/1 messages that keep to its rules.
    /// - Returns: What knows the rules.
    @discardableResult
    func addConnectionHandlers(
        _ configuration: HTTPAPIConfiguration,
        hangUp: HangUp,
        meter: ConnectionMeter,
        logger: Logger
    ) throws -> ConnectionHandler {
        let connection = ConnectionHandler(configuration, meter: meter, now: eventLoop.now)
        try addHandler(HangUpHandler(hangUp))
        try addHandler(connection)
        try addHandler(HTTPResponseEncoder())
        try addHandler(ByteToMessageHandler(HTTPRequestDecoder(limitConfiguration: .init(configuration))))
        try addHandler(MessageHandler(connection, meter: meter, logger: logger))
        return connection
    }
}

extension NIOHTTPDecoderLimitConfiguration {
    fileprivate init(_ configuration: HTTPAPIConfiguration) {
        self.init()
        maxHeaderFieldSize = configuration.maximumHeaderSize
        maxHeaderListSize = configuration.maximumHeaderSize
        maxHeaderFieldCount = configuration.maximumHeaderCount
    }
}
