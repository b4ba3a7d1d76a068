import Dashboard
import Foundation
import NcursesTerminal
import TextUI

/// The dashboard as a program on a terminal: it turns events into messages, and hands effects to whoever carries them out.
struct DashboardProgram: TerminalProgram {
    private var model: DashboardModel
    private let effects: EffectRunner
    private let layouts: LayoutStore
    private var savedLayout: RememberedLayout
    private let now: () -> Date
    private var hasStarted = false
    private var isSuspensionWanted = false
    private var isBellWanted = false

    private(set) var outcome: Outcome?
    /// When the model was last updated, and what that makes the next wake-up, once that has been asked for.
    private var updatedAt: (date: Date, instant: ContinuousClock.Instant)
    private var knownWakeUp: ContinuousClock.Instant??

    /// How the dashboard was left.
    enum Outcome: Sendable {
        case quit
        case terminated
    }

    init(
        settings: DashboardSettings,
        isMouseOn: Bool,
        theme: String,
        remembered: RememberedLayout,
        effects: EffectRunner,
        layouts: LayoutStore,
        now: @escaping @Sendable () -> Date
    ) {
        self.model = DashboardModel(
            settings: settings,
            size: Size(columns: 0, rows: 0),
            isMouseOn: isMouseOn,
            theme: theme,
            remembered: remembered
        )
        self.savedLayout = model.layoutToRemember
        self.layouts = layouts
        self.effects = effects
        self.now = now
        updatedAt = (now(), .now)
    }

    var nextWakeUp: ContinuousClock.Instant? {
        mutating get {
            if let knownWakeUp { return knownWakeUp }
            let wakeUp = model.nextWakeUp(now: updatedAt.date).map { updatedAt.instant + $0 }
            knownWakeUp = .some(wakeUp)
            return wakeUp
        }
    }

    mutating func handle(_ event: TerminalEvent) {
        switch event {
        case .resize(let size) where !hasStarted:
            hasStarted = true
            update(.started(size))
        case .terminate:
            outcome = .terminated
        case .key, .paste, .mouse, .resize, .focusGained, .focusLost, .suspendRequested, .interrupt:
            update(.terminal(event))
        }
    }

    mutating func receive(_ message: Dashboard.Message) -> Bool {
        let isUnseen = model.isUnseen(message)
        update(message)
        return !isUnseen
    }

    private mutating func update(_ message: Dashboard.Message) {
        updatedAt = (now(), .now)
        knownWakeUp = nil
        for effect in model.update(message, now: updatedAt.date) {
            switch effect {
            case .suspend: isSuspensionWanted = true
            case .bell: isBellWanted = true
            default: effects.run(effect)
            }
        }
        if model.isFinished { outcome = .quit }
        remember()
    }

    private mutating func remember() {
        let layout = model.layoutToRemember
        guard layout != savedLayout else { return }
        savedLayout = layout
        layouts.save(layout)
    }

    mutating func takeSuspension() -> Bool {
        defer { isSuspensionWanted = false }
        return isSuspensionWanted
    }

    mutating func takeBell() -> Bool {
        defer { isBellWanted = false }
        return isBellWanted
    }

    mutating func wake() {
        update(.wake)
    }

    func render(_ size: Size) -> Frame {
        model.view(size: size, now: now())
    }
}
