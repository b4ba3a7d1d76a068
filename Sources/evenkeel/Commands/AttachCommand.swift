import ArgumentParser
import AsyncHTTPClient
import Dashboard
import Foundation
import Logging
import NIOPosix
import RemoteService
import UpstreamClient

/// `evenkeel attach`: the dashboard of an instance that runs elsewhere.
struct AttachCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach",
        abstract: "Show the dashboard of a running Evenkeel, through its HTTP API.",
        discussion: """
            It stays when the instance goes, shows since when nothing was heard of it, and goes on when it is back.
            Where the instance asks for a token, --token-file names a file with one, or the environment has it as API_TOKEN. \
            The scope read shows everything, write adds events, admin steps in.

            ? in the dashboard shows its keys, q leaves it. The log goes to \(ScreenLog.FileName.attached.url.path).
            """
    )

    @Argument(
        help: ArgumentHelp("The instance's address, http or https, perhaps with a path.", valueName: "url"),
        transform: Self.address
    )
    var address: BaseURL

    @Option(help: ArgumentHelp("A file with the token to send; it is read again when it changes.", valueName: "file"))
    var tokenFile: String?

    @Option(help: "How much is logged: trace, debug, info, notice, warning, error or critical.")
    var logLevel = "info"

    @OptionGroup(title: "Screen options") var screen: ScreenOptions

    private static func address(_ text: String) throws -> BaseURL {
        guard let address = BaseURL(text) else {
            throw ValidationError("allowed are http and https, as http://127.0.0.1:3000")
        }
        return address
    }

    func run() async throws {
        try await reportingFailures {
            let dashboard = try screen.dashboard(isAttached: true)
            let token = try tokenSource()
            let log = ScreenLog(.attached, level: try Logger.Level(flag: logLevel))
            defer { log.output?.flush() }
            let client = HTTPClient.forRemoteService(eventLoopGroup: MultiThreadedEventLoopGroup.singleton)
            let result: Result<Void, any Error>
            do {
                result = .success(try await follow(client, token, log) { try await show($0, on: dashboard, log) })
            } catch {
                result = .failure(error)
            }
            // Not waited for: a connection that is being attempted can't be cancelled, and would hold up who leaves.
            client.shutdown { _ in }
            try result.get()
        }
    }

    /// Follows the instance while `body` runs.
    private func follow(
        _ client: HTTPClient,
        _ token: @escaping @Sendable () async -> String?,
        _ log: ScreenLog,
        _ body: (RemoteService) async throws -> Void
    ) async throws {
        let service = RemoteService(
            address: address.string,
            client: client,
            token: token,
            now: Date(),
            logger: log.logger
        )
        let following = Task { await service.follow() }
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(service))
        } catch {
            result = .failure(error)
        }
        following.cancel()
        await following.value
        try result.get()
    }

    private func show(_ service: RemoteService, on dashboard: DashboardScreen?, _ log: ScreenLog) async throws {
        guard let dashboard else { return try await PlainDashboard(service, isASCII: screen.ascii).run() }
        let settings = DashboardSettings(
            version: Version.current,
            attachedTo: address.string,
            draftIDs: DraftIDSource { _, _ in service.newEventID() }
        )
        try await dashboard.show(service, settings: settings, log: log)
    }

    /// Where the token comes from, asked for with each request.
    private func tokenSource() throws -> @Sendable () async -> String? {
        do throws(SettingRefusal) {
            guard let tokenFile else {
                let token = try ClientToken.fromEnvironment()
                return { token?.text }
            }
            let file = try ClientTokenFile(path: tokenFile)
            if file.isReadableByEverybody {
                Console.complain("evenkeel: everybody on this machine can read \(tokenFile): chmod 600 keeps it secret")
            }
            return { await file.token.text }
        } catch {
            throw Failure.configuration("\(tokenFile.map { "--token-file \($0)" } ?? "API_TOKEN"): \(error.reason)")
        }
    }
}
