import ArgumentParser
import Dashboard
import EventService
import Foundation
import UpstreamSimulator

/// `evenkeel dashboard`: the dashboard, with the HTTP API in the background.
struct DashboardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard",
        abstract: "Show the dashboard and serve the HTTP API in the background (the default command).",
        discussion:
            "? in the dashboard shows its keys, q leaves it. The log goes to \(ScreenLog.FileName.dashboard.url.path)."
    )

    @OptionGroup var options: SharedOptions
    @OptionGroup(title: "Simulator options") var simulator: SimulatorOptions

    @OptionGroup(title: "Screen options") var screen: ScreenOptions

    func run() async throws {
        try await reportingFailures {
            let dashboard = try screen.dashboard()
            let settings = try await options.settings()
            let log = ScreenLog(.dashboard, level: settings.logLevel)
            defer { log.output?.flush() }
            try await Instance.run(
                settings: settings,
                simulator: simulator.configuration(for: settings),
                logger: log.logger,
                log: log.output,
                reload: .init(loader: options.loader, threshold: log.threshold)
            ) { instance in
                if let dashboard {
                    try await show(instance, on: dashboard, log)
                } else {
                    try await showPlain(instance)
                }
            }
        }
    }

    private func show(_ instance: Instance, on dashboard: DashboardScreen, _ log: ScreenLog) async throws {
        try await instance.whileServing { _, _ in
            let settings = dashboardSettings(instance)
            try await dashboard.show(
                instance.service,
                simulator: instance.simulator,
                settings: settings,
                ringsBell: instance.settings.ringsBell,
                log: log
            )
            if let line = farewell(instance) { Console.say(line) }
        }
    }

    private func showPlain(_ instance: Instance) async throws {
        try await PlainDashboard(instance.service, isASCII: screen.ascii).run(serving: instance)
        if let line = farewell(instance) { Console.complain(line) }
    }

    private func farewell(_ instance: Instance) -> String? {
        instance.service.snapshot().outbox?.status.farewell(isEphemeral: instance.settings.isEphemeral)
    }

    private func dashboardSettings(_ instance: Instance) -> DashboardSettings {
        DashboardSettings(
            version: Version.current,
            refreshInterval: instance.settings.refreshInterval,
            scenarios: instance.simulator.map { _ in
                Scenario.allCases.map { .init(name: $0.rawValue, summary: $0.summary) }
            },
            isEphemeral: instance.settings.isEphemeral,
            draftIDs: DraftIDSource { _, _ in instance.service.newEventID() }
        )
    }
}
