import Logging

extension Settings {
    /// The logger of a process without a screen: to standard error, as JSON unless text is asked for.
    func headlessLogger(following threshold: LogThreshold) -> Logger {
        switch logFormat ?? .json {
        case .json: Self.logger(writingTo: .standardError, following: threshold)
        case .text:
            Logger(label: "evenkeel") {
                ThresholdLogHandler(StreamLogHandler(label: $0, stream: LogOutput.standardError), threshold: threshold)
            }
        }
    }

    /// The logger of a process with a screen: to a file, where there is one, and into a ring.
    static func logger(writingTo output: LogOutput?, keepingIn ring: LogRing, following threshold: LogThreshold)
        -> Logger
    {
        Logger(label: "evenkeel") { label in
            let handlers: [any LogHandler] = [RingLogHandler(ring)]
            let file = output.map { JSONLogHandler(label: label, output: $0) }
            return ThresholdLogHandler(
                MultiplexLogHandler(handlers + [file].compactMap { $0 as (any LogHandler)? }),
                threshold: threshold
            )
        }
    }

    /// A logger that writes JSON lines.
    static func logger(writingTo output: LogOutput, following threshold: LogThreshold) -> Logger {
        Logger(label: "evenkeel") {
            ThresholdLogHandler(JSONLogHandler(label: $0, output: output), threshold: threshold)
        }
    }
}
