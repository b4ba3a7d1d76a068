public import EventService
public import TextUI

import struct Foundation.Date

/// Everything that the dashboard shows, as a value.
///
/// Whoever runs it sends it messages, carries out the effects that `update` returns, and draws what `view` returns whenever
/// either a message came or the time of `nextWakeUp` has passed. It reads no clock and waits for nothing.
public struct DashboardModel: Equatable, Sendable {
    /// What stays the same.
    public let settings: DashboardSettings

    /// The terminal's size.
    public internal(set) var size: Size

    /// The state of the service that is shown, `nil` before the first.
    public internal(set) var service: ServiceSnapshot?

    /// How the connection to a service elsewhere is; `nil` for one in this process.
    public internal(set) var connection: ConnectionStatus?

    /// The pane that has the focus.
    public internal(set) var focus = Pane.users

    /// What lies over the panes.
    public internal(set) var popup: Popup?

    /// The message that is shown for a few seconds.
    public internal(set) var notice: Notice?

    /// Whether the terminal reports the mouse.
    public internal(set) var isMouseOn: Bool

    /// Whether the bell rings, and a line is marked until a key is pressed, when something begins that matters.
    public internal(set) var isBellOn: Bool

    /// The name of the theme, `nil` for that of the terminal's session.
    public internal(set) var theme: String?

    /// Whether the dashboard has been left.
    public internal(set) var isFinished = false

    /// The time at the last message; `nil` before the first.
    var lastMessageAt: Date?
    /// What there is to know while everything stands still; `nil` unless it does.
    var frozen: Freeze?
    var users = UsersState()
    var events = EventsState()
    var timeline = TimelineState()
    var outbox = OutboxState()
    var log = LogState()
    var alarms = Alarms()
    var form = AddEventForm()
    var selectedRoute = UpstreamRoute.addEvent
    var isZoomed = false
    /// Whether charts are drawn in braille where there is Unicode.
    var hasBraille = false
    var lastLoad = LoadID(0)
    var draftCount: UInt64 = 0
    /// What was remembered from the last time.
    let remembered: RememberedLayout
    /// What the command that started it wanted, or was remembered.
    let startedWith: Start

    /// What can be changed while it runs, as it was at the start.
    struct Start: Equatable, Sendable {
        let isMouseOn: Bool
        let isBellOn: Bool
        let theme: String?
    }

    /// Creates the dashboard as it is before anything is known.
    /// - Parameters:
    ///   - settings: What stays the same.
    ///   - size: The terminal's size.
    ///   - isMouseOn: Whether the terminal reports the mouse.
    ///   - theme: The name of the theme, `nil` for that of the terminal's session.
    ///   - remembered: What it was like the last time; of this the mouse, the bell and the theme are left to the other arguments.
    public init(
        settings: DashboardSettings,
        size: Size,
        isMouseOn: Bool = true,
        theme: String? = nil,
        remembered: RememberedLayout = RememberedLayout()
    ) {
        self.settings = settings
        self.size = size
        self.isMouseOn = isMouseOn
        self.theme = theme
        self.remembered = remembered
        isBellOn = settings.ringsBell
        startedWith = Start(isMouseOn: isMouseOn, isBellOn: settings.ringsBell, theme: theme)
        restore(remembered)
        fit()
    }

    var layout: Layout { layout(of: size) }

    var selectedBreaker: BreakerStatus? {
        service?.breaker(of: selectedRoute)
    }

    /// The route that "probe now" is about: what is kept waits for that of adding.
    var probedRoute: UpstreamRoute { focus == .outbox ? .addEvent : selectedRoute }

    /// The last state of the service, also while an older one is shown: what is decided is decided by it.
    var latestService: ServiceSnapshot? { frozen?.service ?? service }

    /// The last state of that route's breaker.
    var probedBreaker: BreakerStatus? { latestService?.breaker(of: probedRoute) }
}

extension ServiceSnapshot {
    func breaker(of route: UpstreamRoute) -> BreakerStatus? {
        breakers.first { $0.route == route }
    }
}
