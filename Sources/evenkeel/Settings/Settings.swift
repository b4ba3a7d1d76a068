import EventService
import HTTPAPI
import Logging
import Resilience
import Storage
import UpstreamClient

/// Everything that can be set from outside, checked.
struct Settings: Sendable {
    /// Where the HTTP API listens.
    var host = "127.0.0.1"
    var port = 3000

    /// The certificate of the HTTP API; `nil` serves plain HTTP.
    var tls: TLSFiles?

    /// The events API; `nil` is the built-in simulator.
    var upstream: BaseURL?

    /// The tokens of the HTTP API; `nil` where none is needed.
    var tokensFile: AccessTokensFile?

    /// The origins whose pages may use the HTTP API.
    var allowedOrigins = AllowedOrigins.none

    /// How much each client of the HTTP API may ask for; `nil` is no limit.
    var rateLimit: RateLimit?

    /// The policies around the events API.
    var service = EventServiceConfiguration()

    /// Where accepted events and the history are kept, and how many.
    var store = StoreConfiguration(.folder(UserFolder.state.url()))

    /// Whether what is kept is lost when the process ends.
    var isEphemeral: Bool { store.location == .memory }

    var logLevel = Logger.Level.info

    /// The form of the log on standard error; the dashboard's log file is always JSON.
    var logFormat: LogFormat?

    /// How often the dashboard reads users and events again by itself; zero never.
    var refreshInterval = Duration.seconds(10)

    /// Whether the dashboard's bell rings when something begins that matters; `nil` leaves that to what was remembered.
    var ringsBell: Bool?

    /// The values that were set, by their variables: what isn't there has its default.
    var values: [String: String] = [:]

    /// Names in files that no setting has and that may be another program's, each with its file.
    var unknownNames: [String] = []

    /// What the files looked like that the settings come from, before they were read.
    var files: [String: FileWatch.Look] = [:]

    enum LogFormat: String, CaseIterable {
        case json, text
    }

    var api: HTTPAPIConfiguration {
        var configuration = HTTPAPIConfiguration()
        configuration.host = host
        configuration.version = Version.current
        configuration.port = port
        configuration.tokens = tokensFile?.tokens
        configuration.allowedOrigins = allowedOrigins
        configuration.rateLimit = rateLimit
        configuration.tls = tls
        return configuration
    }
}
