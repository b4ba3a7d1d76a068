import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// HTTP/1.1 connections whose work is cancelled when their client hangs up.
///
/// Hummingbird's own way to notice a hang-up ends the connection after the one request. Here the whole connection is one
/// task that is cancelled, which costs nothing per request.
struct CancellingChannel: ServerChildChannel {
    struct Value: ServerChildChannelValue {
        let connection: HTTP1Channel.Value
        let hangUp: HangUp
        var channel: any Channel { connection.channel }
    }

    let http1: HTTP1Channel

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let hangUp = HangUp()
        return channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(HangUpHandler(hangUp))
        }.flatMap {
            http1.setup(channel: channel, logger: logger)
        }.map { connection in
            Value(connection: connection, hangUp: hangUp)
        }
    }

    func handle(value: Value, logger: Logger) async {
        await withDiscardingTaskGroup { group in
            group.addTask {
                await http1.handle(value: value.connection, logger: logger)
                value.hangUp.happen()
            }
            await value.hangUp.wait()
            group.cancelAll()
        }
    }
}

extension HTTPServerBuilder {
    /// HTTP/1.1 with Evenkeel's limits, and work that ends when its client hangs up.
    static func cancellingHTTP1(_ configuration: HTTPAPIConfiguration) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            CancellingChannel(
                http1: HTTP1Channel(
                    responder: responder,
                    configuration: .init(
                        idleTimeout: TimeAmount(configuration.idleTimeout),
                        httpDecoderConfiguration: .init(
                            maxHeaderFieldSize: configuration.maximumHeaderSize,
                            maxHeaderListSize: configuration.maximumHeaderSize,
                            maxHeaderFieldCount: configuration.maximumHeaderCount
                        )
                    )
                )
            )
        }
    }
}
