import HTTPAPI

extension HTTPAPIConfiguration {
    /// With times so long that a machine with other things to do is not taken for a slow client.
    static var patient: HTTPAPIConfiguration {
        var configuration = HTTPAPIConfiguration()
        (configuration.headTimeout, configuration.bodyProgressTimeout) = (.seconds(180), .seconds(180))
        configuration.bodyTimeout = .seconds(180)
        return configuration
    }
}
