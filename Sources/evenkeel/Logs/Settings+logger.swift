import Logging

extension Settings {
    /// The logger of a process without a screen: to standard error, as JSON unless text is asked for.
    var headlessLogger: Logger {
        switch logFormat ?? .json {
        case .json: logger(writingTo: .standardError)
        case .text: logger { StreamLogHandler(label: $0, stream: LogOutput.standardError) }
        }
    }

    /// A logger that writes JSON lines.
    func logger(writingTo output: LogOutput) -> Logger {
        logger { JSONLogHandler(label: $0, output: output) }
    }

    private func logger(_ handler: (String) -> any LogHandler) -> Logger {
        var logger = Logger(label: "evenkeel", factory: handler)
        logger.logLevel = logLevel
        return logger
    }
}
