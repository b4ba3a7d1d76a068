import NIOCore

/// What of the configuration a connection goes by, in the units of its event loop.
struct ConnectionLimits {
    let maximumDrainSize: Int
    let idleTimeout: TimeAmount
    let handshakeTimeout: TimeAmount
    let headTimeout: TimeAmount
    let bodyProgressTimeout: TimeAmount
    let bodyTimeout: TimeAmount
    let writeProgressTimeout: TimeAmount
    let lingerTimeout: TimeAmount

    init(_ configuration: HTTPAPIConfiguration) {
        maximumDrainSize = configuration.maximumDrainSize
        idleTimeout = TimeAmount(configuration.idleTimeout)
        handshakeTimeout = TimeAmount(configuration.handshakeTimeout)
        headTimeout = TimeAmount(configuration.headTimeout)
        bodyProgressTimeout = TimeAmount(configuration.bodyProgressTimeout)
        bodyTimeout = TimeAmount(configuration.bodyTimeout)
        writeProgressTimeout = TimeAmount(configuration.writeProgressTimeout)
        lingerTimeout = TimeAmount(configuration.lingerTimeout)
    }
}
