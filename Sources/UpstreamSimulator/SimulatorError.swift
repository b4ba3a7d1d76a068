/// Why the simulator can't do what it was asked to.
public enum SimulatorError: Error, Equatable, CustomStringConvertible {
    /// Something else listens on the port, or took it during an outage.
    case portTaken(host: String, port: Int)
    /// The address can't be listened on for another reason.
    case cannotListen(host: String, port: Int, reason: String)
    /// A setting is out of its range.
    case invalidSetting(name: String, value: String, allowed: String)
    /// The simulator has ended.
    case notRunning
    /// `run()` was called a second time.
    case alreadyStarted

    /// One sentence for a person.
    public var description: String {
        switch self {
        case .portTaken(let host, let port):
            "The simulator can't listen on \(host):\(port): the port is taken."
        case .cannotListen(let host, let port, let reason):
            "The simulator can't listen on \(host):\(port): \(reason)."
        case .invalidSetting(let name, let value, let allowed):
            "The simulator's setting \(name) is \(value); allowed is \(allowed)."
        case .notRunning:
            "The simulator is not running."
        case .alreadyStarted:
            "The simulator was already started."
        }
    }
}
