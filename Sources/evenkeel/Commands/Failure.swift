import ArgumentParser
import UpstreamSimulator

/// Why a command can't do its work: what its user reads, and the exit code that a script does.
struct Failure: Error, Equatable {
    let message: String
    let exitCode: Int32

    static func usage(_ message: String) -> Failure { Failure(message: message, exitCode: 64) }
    static func unavailable(_ message: String) -> Failure { Failure(message: message, exitCode: 69) }
    static func configuration(_ message: String) -> Failure { Failure(message: message, exitCode: 78) }
    static func internalError(_ message: String) -> Failure { Failure(message: message, exitCode: 70) }
    /// Whatever a command threw, in the terms of its user.
    init(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as SimulatorError:
            if case .invalidSetting = error { self = .usage("\(error)") } else { self = .unavailable("\(error)") }
        default: self = .internalError("\(error)")
        }
    }

    private init(message: String, exitCode: Int32) {
        self.message = message
        self.exitCode = exitCode
    }

}

/// Runs the body of a command; a failure is printed in one line and becomes the exit code.
func reportingFailures(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let code as ExitCode {
        throw code
    } catch {
        let failure = Failure(error)
        Console.complain("evenkeel: \(failure.message)")
        throw ExitCode(failure.exitCode)
    }
}
