import EventService
import Foundation
import TextUI

extension DashboardModel {
    func headerView(now: Date) -> HeaderView {
        HeaderView(
            service: service,
            isReadOnly: settings.isReadOnly,
            attachedTo: settings.attachedTo,
            connection: connection?.state,
            frozenFor: frozenFor(now)
        )
    }

    /// What is known of the service is drawn for the time that it is of.
    func serviceContext(_ context: ViewContext) -> ViewContext {
        self.context(now: serviceTime(now: context.now))
    }

    /// What stands in place of what is known of a service of which nothing is known.
    var unknownService: String {
        guard case .lost(_, _, let reason) = connection?.state else { return "Loading…" }
        return "Not connected: \(reason)".sentence
    }

    /// The mark of what is known of a service that isn't heard of any more.
    var asOf: DisplayText? {
        service == nil ? nil : lostSince.map { DisplayText("as of \(time.clock($0))") }
    }
}
